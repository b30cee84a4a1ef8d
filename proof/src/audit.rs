//! What must hold in the tables at any moment, whatever happened.

use backend::{
    args,
    db::{Db, DbError},
};

/// A question to the tables whose answer must be nobody, and what it would mean.
const WRONGS: [(&str, &str); 6] = [
    (
        "places taken are not those of the bookings",
        "SELECT id FROM slot s WHERE taken <> desk + (SELECT CAST(COALESCE(SUM(b.size), 0) AS BIGINT) \
         FROM booking b WHERE b.slot_id = s.id AND b.host IS NULL \
         AND b.state IN ('confirmed', 'offered', 'attended'))",
    ),
    (
        "parties waiting are not those of the bookings",
        "SELECT id FROM slot s WHERE waiting <> \
         (SELECT COUNT(*) FROM booking b WHERE b.slot_id = s.id AND b.state = 'waitlisted')",
    ),
    (
        "a number is left out",
        "SELECT id FROM slot s WHERE next_seq <> \
         (SELECT COUNT(*) + 1 FROM booking b WHERE b.slot_id = s.id) OR next_seq <> \
         (SELECT COALESCE(MAX(seq), 0) + 1 FROM booking b WHERE b.slot_id = s.id)",
    ),
    ("more is taken than there is", "SELECT id FROM slot WHERE taken > capacity"),
    (
        "people are in a slot without a booking that lives, or the other way round",
        "SELECT b.id FROM booking b JOIN booking_person p ON p.booking_id = b.id WHERE (p.live = 1) <> \
         (b.state IN ('confirmed', 'waitlisted', 'offered', 'attended'))",
    ),
    (
        "a guest sits at the table of nobody",
        "SELECT g.id FROM booking g JOIN booking h ON h.id = g.host WHERE g.state IN ('confirmed', 'attended') \
         AND (h.host IS NOT NULL OR h.state NOT IN ('confirmed', 'attended') OR h.slot_id <> g.slot_id)",
    ),
];

/// Asks all of them.
///
/// # Errors
/// The first thing that does not hold, and where.
pub async fn tables(db: &Db) -> Result<(), String> {
    for (wrong, sql) in WRONGS {
        let rows = db.rows(sql, args![]).await.map_err(|error| error.to_string())?;
        if let Some(row) = rows.first() {
            return Err(format!("{wrong}: {} of {}", row.text("id").unwrap_or_default(), rows.len()));
        }
    }
    Ok(())
}

/// All keys under which something was done, and how often.
///
/// # Errors
/// The database's.
pub async fn keys(db: &Db) -> Result<std::collections::HashMap<String, usize>, DbError> {
    let sql = "SELECT idem_key FROM booking UNION ALL SELECT idem_key FROM answered";
    let mut keys = std::collections::HashMap::new();
    for row in db.rows(sql, args![]).await? {
        *keys.entry(row.text("idem_key")?).or_insert(0) += 1;
    }
    Ok(keys)
}
