//! What was booked, and what was told of it.

use crate::privacy::register::{Group, Kept, Kind, Sweep, Table, quiet, shown};

pub const TABLES: &[Table] = &[
    Table {
        name: "booking",
        group: Group::Bookings,
        title: ("预约和候补", "Bookings and waitlists"),
        why: ("给您留位子，排队讲先后", "To hold your places, and to keep the order of the queue"),
        columns: &[
            quiet("id", Kind::Id),
            quiet("account_id", Kind::Id),
            quiet("slot_id", Kind::Id),
            shown("seq", Kind::Number, "次序", "Order"),
            shown("size", Kind::Number, "位子", "Places"),
            shown("people", Kind::Number, "人数", "People"),
            shown("state", Kind::Word, "状态", "State"),
            shown("until", Kind::Time, "留位到", "Held until"),
            shown("stop", Kind::Time, "到时不再问", "Ask no more after"),
            quiet("was", Kind::Id),
            quiet("shared", Kind::Plain),
            quiet("host", Kind::Id),
            quiet("counter", Kind::Plain),
            shown("reason", Kind::Text, "中心说的原因", "The centre's reason"),
            shown("code", Kind::Text, "取号", "Code"),
            shown("made", Kind::Time, "预约时间", "Booked"),
            shown("changed", Kind::Time, "最近变动", "Last changed"),
            quiet("idem_key", Kind::Secret),
            quiet("body_hash", Kind::Secret),
        ],
        mine: "SELECT b.*, o.details AS about, CASE WHEN o.kind = 'stay' THEN NULL ELSE s.starts END AS about_at FROM booking b \
               JOIN slot s ON s.id = b.slot_id JOIN offering o ON o.id = s.offering_id \
               WHERE b.account_id = $1 ORDER BY b.made, b.id",
        has_about: true,
        kept: Kept::Account,
        sweep: Some(Sweep {
            what: ("结束了的预约的取号和原因", "Codes and reasons of bookings that are over"),
            days: 180,
            count: "SELECT COUNT(*) AS due FROM booking WHERE (code <> '' OR reason IS NOT NULL) \
                    AND slot_id IN (SELECT s.id FROM slot s WHERE s.ends < $1)",
            run: "UPDATE booking SET code = '', reason = NULL WHERE (code <> '' OR reason IS NOT NULL) \
                  AND slot_id IN (SELECT s.id FROM slot s WHERE s.ends < $1)",
        }),
        erase: &[
            "UPDATE booking SET code = '', reason = NULL, idem_key = id, body_hash = '' WHERE account_id = $1",
        ],
        after: (
            "还没开始的退掉，让给排队的邻居；过去的留下“有一个位子用过”，看不出是谁",
            "What is ahead is given back to neighbours who wait; of what is past it stays that a place was \
             used, not by whom",
        ),
    },
    Table {
        name: "booking_person",
        group: Group::Bookings,
        title: ("预约里是谁来", "Who comes to a booking"),
        why: ("同一个人不会占两个位子", "So that nobody takes two places"),
        columns: &[
            quiet("booking_id", Kind::Id),
            quiet("slot_id", Kind::Id),
            shown("person_id", Kind::Person, "谁", "Who"),
            quiet("place", Kind::Plain),
            quiet("live", Kind::Plain),
        ],
        mine: "SELECT p.*, o.details AS about, CASE WHEN o.kind = 'stay' THEN NULL ELSE s.starts END AS about_at FROM booking_person p \
               JOIN booking b ON b.id = p.booking_id JOIN slot s ON s.id = b.slot_id \
               JOIN offering o ON o.id = s.offering_id \
               WHERE b.account_id = $1 ORDER BY b.made, b.id, p.place",
        has_about: true,
        kept: Kept::Account,
        sweep: Some(Sweep {
            what: ("结束了的预约里是谁来的", "Who came to bookings that are over"),
            days: 730,
            count: "SELECT COUNT(*) AS due FROM booking_person \
                    WHERE slot_id IN (SELECT s.id FROM slot s WHERE s.ends < $1)",
            run: "DELETE FROM booking_person WHERE slot_id IN (SELECT s.id FROM slot s WHERE s.ends < $1)",
        }),
        erase: &[],
        after: ("只剩没有名字的编号", "Identifiers without names are left"),
    },
    Table {
        name: "attendance",
        group: Group::Bookings,
        title: ("每次课的出勤", "Attendance, meeting by meeting"),
        why: ("您看得到孩子每次到没到", "So that you see who was there each time"),
        columns: &[
            quiet("booking_id", Kind::Id),
            shown("meeting", Kind::Number, "第几次", "Meeting"),
            shown("person_id", Kind::Person, "谁", "Who"),
            shown("mark", Kind::Word, "出勤", "Attendance"),
            shown("noted", Kind::Time, "记下时间", "Noted"),
        ],
        mine: "SELECT a.*, o.details AS about, CASE WHEN o.kind = 'stay' THEN NULL ELSE s.starts END AS about_at FROM attendance a \
               JOIN booking b ON b.id = a.booking_id JOIN slot s ON s.id = b.slot_id \
               JOIN offering o ON o.id = s.offering_id \
               WHERE b.account_id = $1 ORDER BY b.made, b.id, a.meeting, a.person_id",
        has_about: true,
        kept: Kept::Account,
        sweep: Some(Sweep {
            what: ("结束了的课的出勤", "Attendance of what is over"),
            days: 730,
            count: "SELECT COUNT(*) AS due FROM attendance WHERE booking_id IN \
                    (SELECT b.id FROM booking b JOIN slot s ON s.id = b.slot_id WHERE s.ends < $1)",
            run: "DELETE FROM attendance WHERE booking_id IN \
                  (SELECT b.id FROM booking b JOIN slot s ON s.id = b.slot_id WHERE s.ends < $1)",
        }),
        erase: &["DELETE FROM attendance WHERE booking_id IN (SELECT id FROM booking WHERE account_id = $1)"],
        after: ("删掉", "Goes"),
    },
    Table {
        name: "ticket",
        group: Group::Bookings,
        title: ("提前备好的报名", "Ready tickets"),
        why: ("开抢时点一下就行", "So that one tap is enough at the opening"),
        columns: &[
            quiet("id", Kind::Id),
            quiet("account_id", Kind::Id),
            quiet("slot_id", Kind::Id),
            quiet("people", Kind::Json),
            shown("resident", Kind::Truth, "住在附近", "Lives near by"),
            shown("made", Kind::Time, "备好时间", "Made ready"),
            shown("voided", Kind::Time, "作废时间", "Void since"),
        ],
        mine: "SELECT t.*, o.details AS about, CASE WHEN o.kind = 'stay' THEN NULL ELSE s.starts END AS about_at FROM ticket t \
               JOIN slot s ON s.id = t.slot_id JOIN offering o ON o.id = s.offering_id \
               WHERE t.account_id = $1 ORDER BY t.made, t.id",
        has_about: true,
        kept: Kept::Account,
        sweep: Some(Sweep {
            what: ("用不上了的备好的报名", "Ready tickets for what is over"),
            days: 30,
            count: "SELECT COUNT(*) AS due FROM ticket \
                    WHERE slot_id IN (SELECT s.id FROM slot s WHERE s.ends < $1)",
            run: "DELETE FROM ticket WHERE slot_id IN (SELECT s.id FROM slot s WHERE s.ends < $1)",
        }),
        erase: &["DELETE FROM ticket WHERE account_id = $1"],
        after: ("删掉", "Goes"),
    },
    Table {
        name: "draw_entry",
        group: Group::Bookings,
        title: ("抽签报名", "Draws you entered"),
        why: ("公平抽签；没抽中的，下次机会大一些", "To draw fairly; who lost has better odds next time"),
        columns: &[
            quiet("draw_id", Kind::Id),
            quiet("account_id", Kind::Id),
            shown("tag", Kind::Text, "抽签编号", "Number in the draw"),
            quiet("people", Kind::Json),
            quiet("prefers", Kind::Json),
            shown("size", Kind::Number, "位子", "Places"),
            shown("weight", Kind::Number, "签数", "Lots"),
            shown("resident", Kind::Truth, "住在附近", "Lives near by"),
            shown("made", Kind::Time, "报名时间", "Entered"),
            shown("withdrawn", Kind::Time, "退出时间", "Taken back"),
            shown("lost", Kind::Truth, "没抽中", "Got no place"),
            quiet("fate", Kind::Json),
            quiet("booking_id", Kind::Id),
        ],
        mine: "SELECT * FROM draw_entry WHERE account_id = $1 ORDER BY made, draw_id",
        has_about: false,
        kept: Kept::Account,
        sweep: Some(Sweep {
            what: ("抽过的签", "Entries of draws that were held"),
            days: 730,
            count: "SELECT COUNT(*) AS due FROM draw_entry \
                    WHERE draw_id IN (SELECT d.id FROM draw d WHERE d.drawn < $1)",
            run: "DELETE FROM draw_entry WHERE draw_id IN (SELECT d.id FROM draw d WHERE d.drawn < $1)",
        }),
        erase: &["UPDATE draw_entry SET people = '[]' WHERE account_id = $1"],
        after: (
            "没抽的退出；抽过的留下编号，让大家还能核对，看不出是谁",
            "Taken back where nothing is drawn yet; of draws that were held the number stays, so that \
             anybody can check them, and nobody can tell whose it was",
        ),
    },
    Table {
        name: "draw_house",
        group: Group::Bookings,
        title: ("抽签算在哪一家", "For which household an entry stands"),
        why: (
            "一家在一次抽签里只算一份，谁报都一样",
            "A household takes part once, whoever enters its children",
        ),
        columns: &[
            shown("draw_id", Kind::Text, "哪次抽签", "Which draw"),
            quiet("household_id", Kind::Id),
            quiet("account_id", Kind::Id),
        ],
        mine: "SELECT * FROM draw_house WHERE household_id = $1 OR account_id = $1 ORDER BY draw_id",
        has_about: false,
        kept: Kept::Account,
        sweep: Some(Sweep {
            what: ("抽过的签", "Entries of draws that were held"),
            days: 730,
            count: "SELECT COUNT(*) AS due FROM draw_house \
                    WHERE draw_id IN (SELECT d.id FROM draw d WHERE d.drawn < $1)",
            run: "DELETE FROM draw_house WHERE draw_id IN (SELECT d.id FROM draw d WHERE d.drawn < $1)",
        }),
        erase: &["DELETE FROM draw_house WHERE household_id = $1"],
        after: ("删掉", "Goes"),
    },
    Table {
        name: "notice",
        group: Group::Bookings,
        title: ("消息", "Messages"),
        why: ("告诉您位子的变动", "To tell you when something changes"),
        columns: &[
            quiet("id", Kind::Id),
            quiet("account_id", Kind::Id),
            quiet("booking_id", Kind::Id),
            shown("kind", Kind::Word, "内容", "What"),
            quiet("details", Kind::Json),
            shown("made", Kind::Time, "时间", "When"),
            quiet("sent", Kind::Plain),
            shown("seen", Kind::Time, "看过", "Read"),
        ],
        mine: "SELECT n.*, n.details AS about, CAST(NULL AS BIGINT) AS about_at FROM notice n \
               WHERE n.account_id = $1 ORDER BY n.made, n.id",
        has_about: true,
        kept: Kept::Account,
        sweep: Some(Sweep {
            what: ("消息", "Messages"),
            days: 180,
            count: "SELECT COUNT(*) AS due FROM notice WHERE made < $1",
            run: "DELETE FROM notice WHERE made < $1",
        }),
        erase: &["DELETE FROM notice WHERE account_id = $1"],
        after: ("删掉", "Goes"),
    },
];
