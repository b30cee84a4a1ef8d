//! Adding somebody, changing them, and taking them out.

use domain::{
    consent::is_needed,
    household::{
        PersonDraft, Relation,
        api::{AddPerson, ChangePerson, RemovePerson},
    },
    id::PersonId,
    refusal::Refusal,
    screen::Screen,
    session::{Me, api::GetMe},
    time::{CHINA, Day},
};
use leptos::prelude::*;

use super::{
    list::{NEW, address},
    words,
};
use crate::{
    clock, host, trouble,
    ui::{Act, Choice, Look, Question, View, button, chips, confirm, el, field, live, nothing, text_input},
    words as common,
};

/// What is typed so far.
#[derive(Clone, Copy)]
struct Typed {
    relation: RwSignal<String>,
    name: RwSignal<String>,
    /// Year, month and day.
    born: [RwSignal<String>; 3],
    /// Whether saving was tried: from then on everything missing is said.
    tried: RwSignal<bool>,
}

/// What the three fields of a date hold.
enum Date {
    /// All are empty.
    None,
    /// Something is still missing.
    Part,
    /// There is no such day.
    Wrong,
    /// A day.
    Day(Day),
}

impl Typed {
    fn date(self) -> Date {
        let [year, month, day] = self.born.map(|part| part.get().trim().to_owned());
        if year.is_empty() && month.is_empty() && day.is_empty() {
            return Date::None;
        }
        if year.len() < 4 || month.is_empty() || day.is_empty() {
            return Date::Part;
        }
        match (year.parse(), month.parse(), day.parse()) {
            (Ok(year), Ok(month), Ok(day)) => {
                Day::from_ymd_opt(year, month, day).map_or(Date::Wrong, Date::Day)
            }
            _ => Date::Wrong,
        }
    }

    /// The draft, and what is wrong with it.
    fn draft(self) -> (PersonDraft, Vec<Refusal>) {
        let date = self.date();
        let draft = PersonDraft {
            relation: relation(&self.relation.get()),
            name: self.name.get().trim().to_owned(),
            born: if let Date::Day(day) = date { Some(day) } else { None },
        };
        let mut wrong = draft.check(clock::now().day(CHINA));
        if matches!(date, Date::Wrong | Date::Part) && !wrong.contains(&Refusal::BirthdayImpossible) {
            wrong.push(Refusal::BirthdayImpossible);
        }
        (draft, wrong)
    }

    fn name_error(self) -> String {
        let (_, wrong) = self.draft();
        let tried = self.tried.get();
        first(&wrong, |refusal| match refusal {
            Refusal::TextTooShort { .. } => tried,
            Refusal::TextTooLong { .. } => true,
            _ => false,
        })
    }

    fn born_error(self) -> String {
        let (_, wrong) = self.draft();
        // Nobody is told off while still typing a date.
        let said = self.tried.get() || matches!(self.date(), Date::Wrong | Date::Day(_));
        first(&wrong, |refusal| said && *refusal == Refusal::BirthdayImpossible)
    }
}

fn first(wrong: &[Refusal], which: impl Fn(&Refusal) -> bool) -> String {
    wrong.iter().find(|refusal| which(refusal)).map(|one| trouble::refusal(one, CHINA)).unwrap_or_default()
}

const RELATIONS: [(&str, Relation); 3] =
    [("child", Relation::Child), ("elder", Relation::Elder), ("adult", Relation::Adult)];

fn relation(slug: &str) -> Relation {
    RELATIONS.iter().find(|(known, _)| *known == slug).map_or(Relation::Myself, |(_, relation)| *relation)
}

fn slug(relation: Relation) -> &'static str {
    RELATIONS.iter().find(|(_, known)| *known == relation).map_or("", |(slug, _)| slug)
}

/// The form for `who`: an identifier, or [`NEW`].
pub fn form(me: &Me, who: &str, opened: StoredValue<bool>) -> View {
    let person = me.people.iter().find(|person| person.id.as_str() == who);
    if person.is_none() && who != NEW {
        return trouble::trouble_view(
            &crate::call::Trouble::Problem(domain::failure::Problem::NotFound),
            || host::replace(&address(None)),
        );
    }
    let id = person.map(|person| person.id.clone());
    let typed = Typed {
        relation: RwSignal::new(slug(person.map_or(Relation::Child, |person| person.relation)).to_owned()),
        name: RwSignal::new(person.map(|person| person.name.clone()).unwrap_or_default()),
        born: parts(person.and_then(|person| person.born)).map(RwSignal::new),
        tried: RwSignal::new(false),
    };
    let myself = person.is_some_and(|person| person.relation == Relation::Myself);
    let act = Act::new(CHINA);
    let title = match person {
        Some(person) if !myself => common::person(person),
        Some(_) => words::myself_title().to_owned(),
        None => words::add().to_owned(),
    };
    let save = saving(typed, act, id.clone(), opened);
    let mut by_form = save.clone();
    let fields = el("form", "section")
        .attr("novalidate", "")
        .on("submit", move |event| {
            event.prevent_default();
            by_form();
        })
        .child(if myself { nothing() } else { relations(typed) })
        .child(name(typed, myself))
        .child(birthday(typed))
        .child(el("div", "section").child(act.says()).done())
        .child(
            el("div", "buttons")
                .child(act.button(Look::Main, words::save(), words::saving(), save))
                .child(button(Look::Line, words::never_mind(), move || leave(opened)))
                .done(),
        )
        .done();
    let remove = match id {
        Some(id) if !myself => removing(id, &title, opened),
        _ => nothing(),
    };
    el("div", "").child(el("h1", "").text(title).done()).child(fields).child(remove).done()
}

fn parts(born: Option<Day>) -> [String; 3] {
    use chrono::Datelike;
    born.map_or_else(Default::default, |day| {
        [day.year().to_string(), day.month().to_string(), day.day().to_string()]
    })
}

/// Back to the page of somebody or to the list, or on to where somebody was wanted.
fn leave(opened: StoredValue<bool>) {
    if opened.get_value() || host::query("then").is_some() {
        opened.set_value(false);
        host::back();
    } else {
        host::replace(&address(None));
    }
}

fn saving(
    typed: Typed,
    act: Act,
    id: Option<PersonId>,
    opened: StoredValue<bool>,
) -> impl FnMut() + Clone + 'static {
    let sent = StoredValue::new(None::<PersonDraft>);
    move || {
        typed.tried.set(true);
        let (draft, wrong) = untrack(|| typed.draft());
        if !wrong.is_empty() {
            return;
        }
        // Something else than last time is another wish of the resident.
        if sent.with_value(|sent| sent.as_ref().is_some_and(|sent| *sent != draft)) {
            act.renew();
        }
        sent.set_value(Some(draft.clone()));
        if let Some(id) = id.clone() {
            act.send_onto::<ChangePerson, GetMe>(id, draft, &[], |_| (), move |_| leave(opened));
        } else {
            let born = draft.born;
            act.send_onto::<AddPerson, GetMe>((), draft, &[], |_| (), move |me| added(&me, born, opened));
        }
    }
}

/// Somebody new is there, the last of the household: for a child the guardian is asked for consent on
/// the way on.
fn added(me: &Me, born: Option<Day>, opened: StoredValue<bool>) {
    let next = host::query("next").filter(|next| next.starts_with("/offerings/"));
    let child = me.people.last().filter(|_| is_needed(born, clock::now().day(CHINA)));
    match (child, next) {
        (Some(child), next) => {
            let path = Screen::Consent(child.id.clone()).path();
            let on = if opened.get_value() && next.is_none() {
                opened.set_value(false);
                "then=back".to_owned()
            } else {
                let next = next.unwrap_or_else(|| Screen::Family.path());
                format!("next={}", String::from(js_sys::encode_uri_component(&next)))
            };
            host::replace(&format!("{path}?{on}"));
        }
        (None, Some(next)) => host::replace(&next),
        (None, None) => leave(opened),
    }
}

fn relations(typed: Typed) -> View {
    let choices =
        RELATIONS.iter().map(|(slug, relation)| Choice::new(*slug, words::relation(*relation))).collect();
    el("fieldset", "field")
        .child(el("legend", "").text(words::who()).done())
        .child(chips(words::who(), choices, typed.relation.into(), move |slug| typed.relation.set(slug)))
        .done()
}

fn name(typed: Typed, myself: bool) -> View {
    let (label, hint) =
        if myself { (words::my_name(), words::my_name_hint()) } else { (words::name(), words::name_hint()) };
    let input = text_input("name", "text", typed.name).attr("autocomplete", "off").attr("maxlength", "40");
    field("name", label, hint, input, Signal::derive(move || typed.name_error()))
}

/// Three numbers are quicker than a calendar when the year is 1946.
fn birthday(typed: Typed) -> View {
    let [year, month, day] = typed.born;
    let part = |id: &'static str, label: &'static str, length: &'static str, value: RwSignal<String>| {
        let input =
            text_input(id, "text", value).attr("inputmode", "numeric").attr("maxlength", length).done();
        el("label", "").attr("for", id).child(input).child(el("span", "").text(label).done()).done()
    };
    let legend = live(move || {
        let needed = relation(&typed.relation.get()) == Relation::Child;
        crate::ui::text(if needed { words::born() } else { words::born_optional() })
    });
    el("fieldset", "field")
        .child(el("legend", "").child(legend).done())
        .child(
            el("div", "date-of-birth")
                .child(part("year", words::year(), "4", year))
                .child(part("month", words::month(), "2", month))
                .child(part("day", words::day(), "2", day))
                .done(),
        )
        .child(el("p", "field-hint").text(words::born_hint()).done())
        .live(move || {
            let error = typed.born_error();
            if error.is_empty() {
                return nothing();
            }
            el("p", "field-error").attr("role", "alert").text(error).done()
        })
        .done()
}

fn removing(id: PersonId, name: &str, opened: StoredValue<bool>) -> View {
    let act = Act::new(CHINA);
    let asking = RwSignal::new(false);
    let question = Question {
        title: words::remove_title(),
        words: words::remove_words(name),
        yes: words::remove_yes(),
        meanwhile: words::removing(),
        no: words::remove_no(),
    };
    let tap = move || {
        act.send_onto::<RemovePerson, GetMe>(
            id.clone(),
            (),
            &[],
            |_| (),
            move |_| {
                opened.set_value(false);
                host::replace(&Screen::Family.path());
            },
        );
    };
    el("div", "section")
        .child(button(Look::Quiet, words::remove(), move || asking.set(true)))
        .child(confirm(asking, question, act, tap))
        .done()
}
