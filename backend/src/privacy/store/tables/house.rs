//! What the house itself did, and who works for it.

use crate::privacy::register::{Group, Kept, Kind, Table, quiet, shown};

pub const TABLES: &[Table] = &[
    Table {
        name: "staff",
        group: Group::House,
        title: ("在中心的职务", "Posts at the centres"),
        why: ("只有工作人员有", "For those who work there alone"),
        columns: &[
            quiet("id", Kind::Id),
            quiet("phone_mac", Kind::Secret),
            quiet("account_id", Kind::Id),
            shown("sealed_box", Kind::Sealed, "名字和手机号", "Name and telephone"),
            shown("role", Kind::Word, "职务", "Post"),
            quiet("centre_id", Kind::Id),
            quiet("city_id", Kind::Id),
            shown("made", Kind::Time, "开始时间", "Since"),
            quiet("made_by", Kind::Secret),
            shown("suspended", Kind::Time, "停用时间", "Suspended"),
        ],
        mine: "SELECT * FROM staff WHERE account_id = $1 ORDER BY made, id",
        has_about: false,
        kept: Kept::Account,
        sweep: None,
        erase: &[
            "UPDATE staff SET made_by = NULL WHERE made_by = $1",
            "DELETE FROM staff WHERE account_id = $1",
        ],
        after: ("删掉", "Goes"),
    },
    Table {
        name: "audit",
        group: Group::House,
        title: ("工作人员看过和办过的事", "What the staff looked at and did"),
        why: (
            "谁看过孩子的资料都有记录，改不了",
            "So that whoever looked at a child's record is on record, and nobody can change that",
        ),
        columns: &[
            quiet("seq", Kind::Plain),
            shown("at", Kind::Time, "时间", "When"),
            quiet("account_id", Kind::Secret),
            shown("act", Kind::Word, "做了什么", "What"),
            shown("person_id", Kind::Person, "关于谁", "About whom"),
            quiet("booking_id", Kind::Id),
            quiet("centre_id", Kind::Id),
            quiet("subject", Kind::Secret),
            shown("purpose", Kind::Text, "为了什么", "What for"),
            quiet("retry", Kind::Secret),
            quiet("prev", Kind::Secret),
            quiet("hash", Kind::Secret),
        ],
        mine: "SELECT * FROM audit WHERE person_id IN (SELECT p.id FROM person p WHERE p.account_id = $1) \
               OR booking_id IN (SELECT b.id FROM booking b WHERE b.account_id = $1) OR account_id = $1 \
               ORDER BY seq",
        has_about: false,
        kept: Kept::Good,
        sweep: None,
        erase: &[],
        after: ("留下，只有编号，没有名字", "Stays, with identifiers and without names"),
    },
];
