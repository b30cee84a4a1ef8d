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
    let is_ahead = |task: &CheckedTask| {
        ahead.iter().any(|id| id.rsplit_once('.').is_some_and(|(name, _)| name == task.id))
    };
    let missing: Vec<NewTask<'_>> =
        tasks.iter().filter(|task| !is_ahead(task)).map(|task| on_next_day(task, now)).collect();
    if missing.is_empty() {
        return Ok(0);
    }
    let made = store::insert_tasks(&app.db, &missing).await?;
    if made > 0 {
        app.snapshots.touch(&Topic::Tasks);
    }
    Ok(made)
}

/// The task so many days from now as it says; a day later where that is past already.
fn on_next_day(task: &CheckedTask, now: Moment) -> NewTask<'_> {
    let today = now.day(task.zone);
    let on = |day: Day| Span {
        starts: task.zone.moment(day, task.from.into()),
        ends: task.zone.moment(day, task.to.into()),
    };
    let planned = days_after(today, task.in_days.into());
    let day = if on(planned).starts > now { planned } else { days_after(planned, 1) };
    NewTask { id: TaskId(format!("{}.{}", task.id, day.format("%Y%m%d"))), task, span: on(day) }
}

#[cfg(test)]
mod tests {
    use domain::{
        text::Text,
        time::{CHINA, MINUTE},
    };

    use super::*;
    use crate::catalogue::details::TaskDetails;

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
            in_days: 0,
            from: 600,
            to: 660,
        };
        let day = Day::from_ymd_opt(2026, 7, 6).expect("a real date");
        let ten = CHINA.moment(day, 600);
        assert_eq!(on_next_day(&task, ten.plus(-1)).id.as_str(), "meals.20260706");
        let next = on_next_day(&task, ten);
        assert_eq!(next.id.as_str(), "meals.20260707");
        assert_eq!(next.span.ends, ten.plus(25 * 60 * MINUTE));
    }
}
