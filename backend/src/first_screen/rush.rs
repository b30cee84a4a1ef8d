//! What stands on an offering's page before booking opens: how long that takes, and how one gets ready.

use domain::{
    centre::api::OfferingPage,
    offering::SlotSeats,
    refusal::Refusal,
    sync::Left,
    time::{Moment, Zone},
};
use maud::{Markup, html};

use super::{Reader, times::short};

/// When booking of a slot opens, where that lies ahead.
pub(super) fn opening(reader: &Reader, seats: &SlotSeats) -> Option<Moment> {
    match seats.slot.gate(reader.now) {
        Err(Refusal::NotYetOpen { opens }) => Some(opens),
        _ => None,
    }
}

/// The countdown.
pub(super) fn clock(reader: &Reader, page: &OfferingPage, opens: Moment) -> Markup {
    let (day, time) = (day(reader, opens, page.centre.zone), time(opens, page.centre.zone));
    let to_go = Left::until(opens, reader.now);
    html! {
        div class="section card receipt" {
            p { (reader.t("离开放报名还有", "Booking opens in")) }
            div {
                p class="count" role="timer" { (left(reader, to_go)) }
                p class="visually-hidden" role="status" { (aloud(reader, to_go)) }
            }
            p {
                (reader.t(
                    format!("{day} {time} · 以中心时间为准"),
                    format!("{day} {time}, by the centre’s clock"),
                ))
            }
        }
    }
}

/// What is left, as the app says it.
fn left(reader: &Reader, left: Left) -> String {
    let Left { days, hours, minutes, seconds } = left;
    match days {
        0 => format!("{hours:02}:{minutes:02}:{seconds:02}"),
        1 if hours == 0 => reader.t("1 天", "1 day").to_owned(),
        _ if hours == 0 => reader.t(format!("{days} 天"), format!("{days} days")),
        _ => reader.t(format!("{days} 天 {hours} 小时"), format!("{days} d {hours} h")),
    }
}

/// What is left as one says it, in its two largest units.
fn aloud(reader: &Reader, left: Left) -> String {
    let unit = |count, zh, one, many| reader.t(zh, if count == 1 { one } else { many });
    let Left { days, hours, minutes, seconds } = left;
    let parts = [
        (days, unit(days, "天", "day", "days")),
        (hours, unit(hours, "小时", "hour", "hours")),
        (minutes, unit(minutes, "分钟", "minute", "minutes")),
        (seconds, unit(seconds, "秒", "second", "seconds")),
    ];
    let said = parts.into_iter().skip_while(|part| part.0 == 0).take(2).filter(|part| part.0 > 0);
    let said: Vec<String> = said.map(|(count, unit)| format!("{count} {unit}")).collect();
    let said = said.join(" ");
    reader.t(format!("离开放报名还有 {said}"), format!("Booking opens in {said}"))
}

/// Getting ready, for who has not signed in, and how the places are given out.
pub(super) fn ready(reader: &Reader, page: &OfferingPage, seats: &SlotSeats) -> Markup {
    let (slot, zone) = (&seats.slot, page.centre.zone);
    let (places, kept) = (slot.capacity, seats.kept_left(reader.now));
    html! {
        div {
            div class="section card" {
                b { (reader.t("提前准备好", "Get ready")) }
                p class="small" {
                    (reader.t(
                        "先登录，该核对的现在就核对好，开放时点一下就行。",
                        "Sign in and have everything checked now: at the opening one tap is enough.",
                    ))
                }
            }
            div class="section rush-how" {
                p class="small" {
                    (reader.t(
                        format!("{places} 个名额，先到先得，前台与手机同一个队。没报上会自动排进候补，关掉页面也不会丢。"),
                        format!("{places} places, first come first served, one queue for phones and the desk. \
                            Whoever is too late is on the waitlist by itself."),
                    ))
                }
                @if kept > 0 {
                    @let (day, time) = (day(reader, slot.kept_until, zone), time(slot.kept_until, zone));
                    p class="small" {
                        (reader.t(
                            format!("其中 {kept} 个先留给到现场报名的邻居，{day} {time} 还没用完的，手机上也能报。"),
                            format!("{kept} of them are kept for neighbours at the counter until {day} {time}."),
                        ))
                    }
                }
                @if let Some(minutes) = page.offering.terms.residents_first_minutes {
                    p class="small" {
                        (reader.t(
                            format!("开放后的头 {minutes} 分钟先让本社区的居民报。"),
                            format!("For the first {minutes} minutes neighbours of the centre go first."),
                        ))
                    }
                }
            }
        }
    }
}

/// How often a household may come in a week.
pub(super) fn share(reader: &Reader, page: &OfferingPage) -> Markup {
    let Some(fair) = page.offering.terms.fair else { return html! {} };
    let times = fair.per_week;
    html! {
        p class="small" {
            (reader.t(
                format!("每家每周 {times} 次，让大家都轮得上"),
                format!("{times} a week for each household, so that everybody has a turn"),
            ))
        }
    }
}

fn day(reader: &Reader, moment: Moment, zone: Zone) -> String {
    reader.day(moment.day(zone), reader.today(zone))
}

fn time(moment: Moment, zone: Zone) -> String {
    short(moment.minute_of_day(zone))
}
