//! Sets the demo's tasks up for the days ahead, and again when they are past.

use domain::{
    id::TaskId,
    time::{Day, Moment, Span, days_after},
};

use super::{check::CheckedTask, store};
use crate::{app::App, db::DbError, snapshot::Topic};

/// A task on a certain day.
pub struct NewTask<'a> {
    pub id: TaskId,
    pub task: &'a CheckedTask,
    pub span: Span,
}

/// Sets up the tasks of which none lies ahead; how many those were.
pub async fn fill(app: &App, tasks: &[CheckedTask]) -> Result<u64, DbError> {
    let now = app.now();
    let ahead = store::tasks_ahead(&app.db, now).await?;
    let is_ahead = |task: &CheckedTask| match task.on_date() {
        Some(exact) => ahead.contains(&exact),
        None => ahead.iter().any(|id| id.rsplit_once('.').is_some_and(|(name, _)| name == task.id)),
    };
    let missing: Vec<NewTask<'_>> = tasks
        .iter()
        .filter(|task| !is_ahead(task))
        .map(|task| on_next_day(task, now))
        .filter(|task| task.span.starts > now)
        .collect();
    if missing.is_empty() {
        return Ok(0);
    }
    let made = store::insert_tasks(&app.db, &missing).await?;
    if made > 0 {
        app.snapshots.touch(&Topic::Tasks);
    }
    Ok(made)
}

/// The task on its day; where that is past already a day later, unless it has a date.
fn on_next_day(task: &CheckedTask, now: Moment) -> NewTask<'_> {
    let today = now.day(task.zone);
    let on = |day: Day| Span {
        starts: task.zone.moment(day, task.from.into()),
        ends: task.zone.moment(day, task.to.into()),
    };
    let planned = task.on.day(today);
    let stays = task.on.is_date() || on(planned).starts > now;
    let day = if stays { planned } else { days_after(planned, 1) };
    NewTask { id: TaskId(named(task, day)), task, span: on(day) }
}

/// The identifier of a task on a certain day.
fn named(task: &CheckedTask, day: Day) -> String {
    format!("{}.{}", task.id, day.format("%Y%m%d"))
}

impl CheckedTask {
    /// The identifier of a task with a date; `None` for one that comes again and again.
    pub fn on_date(&self) -> Option<String> {
        self.on.is_date().then(|| named(self, self.on.day(Day::default())))
    }
}

#[cfg(test)]
mod tests {
    use domain::{
        text::Text,
        time::{CHINA, MINUTE},
    };

    use super::*;
    use crate::catalogue::details::{On, TaskDetails};

    #[test]
    fn a_task_of_today_moves_to_tomorrow_once_it_has_begun() {
        let text = || Text::only("送饭");
        let task = CheckedTask {
            id: "meals".into(),
            centre: "c".into(),
            zone: CHINA,
            details: TaskDetails { title: text(), summary: text(), place: text() },
            needs: 2,
            team: None,
            volunteers: false,
            on: On::Days(0),
            from: 600,
            to: 660,
        };
        let day = Day::from_ymd_opt(2026, 7, 6).expect("a real date");
        let ten = CHINA.moment(day, 600);
        assert_eq!(on_next_day(&task, ten.plus(-1)).id.as_str(), "meals.20260706");
        let next = on_next_day(&task, ten);
        assert_eq!(next.id.as_str(), "meals.20260707");
        assert_eq!(next.span.ends, ten.plus(25 * 60 * MINUTE));
        let dated = CheckedTask { on: On::Date(day), ..task };
        assert_eq!(on_next_day(&dated, ten).span.starts, ten, "over is over");
    }
}
