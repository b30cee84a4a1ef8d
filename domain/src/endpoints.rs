//! The list of all endpoints. What is not here does not exist: the router, the audience check, the
//! OpenAPI document and the list of what has no test all come from it.

use crate::{
    booking::api as booking,
    calendar::api as calendar,
    centre::api as centre,
    circle::{api as circle, desk::api as circle_desk, moves::api as circle_moves},
    consent::api as consent,
    device::api as device,
    draw::api as draw,
    elevation::api as elevation,
    endpoint::Endpoint,
    guardian::api as guardian,
    household::api as household,
    notice::api as notice,
    privacy::api as privacy,
    session::api as session,
    staff::api as staff,
    task::api as task,
    team::api as team,
    ticket::api as ticket,
    volunteer::api as volunteer,
    wechat::api as wechat,
    wish::api as wish,
    work::api as work,
};

/// Something that is done with every endpoint in turn.
pub trait Visitor {
    /// Called once for each endpoint.
    fn visit<E: Endpoint>(&mut self);
}

/// Shows `visitor` every endpoint.
pub fn visit_all(visitor: &mut impl Visitor) {
    visitor.visit::<session::GetTime>();
    visitor.visit::<session::RequestCode>();
    visitor.visit::<session::SignIn>();
    visitor.visit::<session::SignOut>();
    visitor.visit::<session::GetMe>();
    visitor.visit::<device::ListDevices>();
    visitor.visit::<device::EndDevice>();
    visitor.visit::<device::EndOtherDevices>();
    visitor.visit::<elevation::GetLock>();
    visitor.visit::<elevation::DrawLockSecret>();
    visitor.visit::<elevation::MakeLock>();
    visitor.visit::<elevation::OpenLock>();
    visitor.visit::<elevation::CloseLock>();
    visitor.visit::<elevation::ResetLock>();
    visitor.visit::<wechat::GetWechat>();
    visitor.visit::<wechat::BindWechat>();
    visitor.visit::<wechat::UnbindWechat>();
    visitor.visit::<wechat::SignWechatPage>();

    visitor.visit::<privacy::GetPolicy>();
    visitor.visit::<privacy::GetMyData>();
    visitor.visit::<privacy::MakeDataLink>();
    visitor.visit::<privacy::GetErasure>();
    visitor.visit::<privacy::AskErasure>();
    visitor.visit::<privacy::StopErasure>();

    visitor.visit::<centre::ListCentres>();
    visitor.visit::<centre::GetHome>();
    visitor.visit::<centre::GetCentre>();
    visitor.visit::<centre::ListOfferings>();
    visitor.visit::<centre::ListSeats>();
    visitor.visit::<centre::GetOffering>();
    visitor.visit::<centre::ListCounts>();

    visitor.visit::<household::AddPerson>();
    visitor.visit::<household::ChangePerson>();
    visitor.visit::<household::RemovePerson>();
    visitor.visit::<household::GetCare>();
    visitor.visit::<household::ChangeCare>();
    visitor.visit::<household::ListLooks>();

    visitor.visit::<consent::GetConsent>();
    visitor.visit::<consent::GiveConsent>();
    visitor.visit::<consent::WithdrawConsent>();

    visitor.visit::<guardian::GetGuardians>();
    visitor.visit::<guardian::InviteGuardian>();
    visitor.visit::<guardian::JoinAsGuardian>();
    visitor.visit::<guardian::EndGuardian>();

    visitor.visit::<circle::GetCircle>();
    visitor.visit::<circle::InviteRelative>();
    visitor.visit::<circle::JoinCircle>();
    visitor.visit::<circle::EndBond>();
    visitor.visit::<circle::GetCircleLog>();
    visitor.visit::<circle::GetBondLog>();

    visitor.visit::<ticket::MakeTicket>();
    visitor.visit::<ticket::GetTicket>();
    visitor.visit::<ticket::DropTicket>();

    visitor.visit::<booking::Book>();
    visitor.visit::<booking::ListBookings>();
    visitor.visit::<booking::GetBooking>();
    visitor.visit::<booking::CancelBooking>();
    visitor.visit::<booking::TakeOffer>();
    visitor.visit::<booking::DeclineOffer>();
    visitor.visit::<booking::StopWaiting>();
    visitor.visit::<booking::RestoreBooking>();
    visitor.visit::<booking::Arrive>();
    visitor.visit::<booking::ListAlternatives>();

    visitor.visit::<notice::ListNotices>();
    visitor.visit::<notice::SeeNotices>();

    visitor.visit::<draw::ListDraws>();
    visitor.visit::<draw::GetDraw>();
    visitor.visit::<draw::GetDrawResult>();
    visitor.visit::<draw::MyEntries>();
    visitor.visit::<draw::GetEntry>();
    visitor.visit::<draw::EnterDraw>();
    visitor.visit::<draw::WithdrawEntry>();

    visitor.visit::<calendar::GetCalendar>();
    visitor.visit::<calendar::MakeCalendar>();
    visitor.visit::<calendar::RemoveCalendar>();

    visitor.visit::<wish::ListWishes>();
    visitor.visit::<wish::GetWish>();
    visitor.visit::<wish::MyWishes>();
    visitor.visit::<wish::MakeWish>();
    visitor.visit::<wish::SupportWish>();
    visitor.visit::<wish::WithdrawWish>();

    visitor.visit::<task::ListTasks>();
    visitor.visit::<task::GetTask>();
    visitor.visit::<task::MyTasks>();
    visitor.visit::<task::ClaimTask>();
    visitor.visit::<task::LeaveTask>();

    visitor.visit::<volunteer::GetVolunteering>();
    visitor.visit::<volunteer::BecomeVolunteer>();
    visitor.visit::<volunteer::StopVolunteering>();
    visitor.visit::<volunteer::ListVolunteers>();
    visitor.visit::<volunteer::LookAtVolunteer>();
    visitor.visit::<volunteer::SuspendVolunteer>();
    visitor.visit::<volunteer::RestoreVolunteer>();

    visitor.visit::<team::GetTeam>();
    visitor.visit::<team::ListTeams>();
    visitor.visit::<team::InviteMember>();
    visitor.visit::<team::SuspendMember>();
    visitor.visit::<team::ResumeMember>();
    visitor.visit::<team::RemoveMember>();

    visit_staff(visitor);
}

/// Those of the staff.
fn visit_staff(visitor: &mut impl Visitor) {
    visitor.visit::<staff::GetWorkbench>();
    visitor.visit::<staff::ListStaff>();
    visitor.visit::<staff::InviteStaff>();
    visitor.visit::<staff::SuspendStaff>();
    visitor.visit::<staff::ResumeStaff>();

    visitor.visit::<work::GetWorkDay>();
    visitor.visit::<work::GetRoster>();
    visitor.visit::<work::CheckIn>();
    visitor.visit::<work::NoteAttendance>();
    visitor.visit::<work::CheckInByCode>();
    visitor.visit::<work::BookAtCounter>();
    visitor.visit::<work::EnterForCaller>();
    visitor.visit::<work::WithdrawPlace>();
    visitor.visit::<work::ListInstead>();
    visitor.visit::<work::AnswerForCaller>();
    visitor.visit::<work::ResizeSlot>();
    visitor.visit::<work::ChangeMeeting>();
    visitor.visit::<work::ListClashes>();
    visitor.visit::<work::CloseSlot>();
    visitor.visit::<work::CloseDay>();
    visitor.visit::<work::LookAtRecord>();
    visitor.visit::<work::FindHousehold>();
    visitor.visit::<work::SeePapers>();
    visitor.visit::<work::SignOnPaper>();

    visitor.visit::<circle_desk::OpenCircle>();
    visitor.visit::<circle_desk::FindCircle>();
    visitor.visit::<circle_desk::FindLostCircle>();
    visitor.visit::<circle_desk::InviteAtDesk>();
    visitor.visit::<circle_desk::EndBondAtDesk>();
    visitor.visit::<circle_moves::ReplaceCard>();
    visitor.visit::<circle_moves::AskPhone>();
    visitor.visit::<circle_moves::MoveToPhone>();
    visitor.visit::<circle_moves::EraseAtDesk>();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        circle::ForAnother,
        endpoint::{Audience, Method},
    };

    struct Check;

    impl Visitor for Check {
        fn visit<E: Endpoint>(&mut self) {
            match E::FOR_ANOTHER {
                ForAnother::Never => {}
                ForAnother::See => assert_eq!(E::METHOD, Method::Get, "{}: it writes", E::PATH),
                ForAnother::Act(_) => {
                    assert!(E::METHOD != Method::Get && E::KEYED, "{}: no line could hang on it", E::PATH);
                }
            }
            if E::FOR_ANOTHER != ForAnother::Never {
                assert_ne!(E::AUDIENCE, Audience::Staff, "{}: nobody is staff for another", E::PATH);
            }
        }
    }

    #[test]
    fn what_is_done_for_another_is_keyed_and_what_is_seen_changes_nothing() {
        visit_all(&mut Check);
    }
}
