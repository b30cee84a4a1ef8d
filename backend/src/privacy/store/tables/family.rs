//! The household.

use crate::privacy::register::{Group, Kept, Kind, Sweep, Table, quiet, shown};

pub const TABLES: &[Table] = &[
    Table {
        name: "person",
        group: Group::Family,
        title: ("家人", "Family"),
        why: ("为家人预约，按年龄和居住地核对", "To book for them, and to check age and neighbourhood"),
        columns: &[
            quiet("id", Kind::Id),
            quiet("account_id", Kind::Id),
            shown("relation", Kind::Word, "关系", "Relation"),
            shown("sealed_box", Kind::Sealed, "资料", "Details"),
            quiet("sort", Kind::Plain),
            shown("removed", Kind::Time, "移出时间", "Taken out"),
            shown("consent", Kind::Number, "同意书版本", "Version agreed to"),
            shown("verified", Kind::Time, "证件核对时间", "Papers seen"),
            quiet("resident_of", Kind::Id),
        ],
        mine: "SELECT * FROM person WHERE account_id = $1 ORDER BY sort, id",
        has_about: false,
        kept: Kept::Account,
        sweep: Some(Sweep {
            what: ("移出的家人留下的空编号", "Empty identifiers of people who were taken out"),
            days: 730,
            count: "SELECT COUNT(*) AS due FROM person p WHERE p.removed < $1 AND p.relation <> 'Myself' \
                    AND NOT EXISTS (SELECT 1 FROM booking_person b WHERE b.person_id = p.id) \
                    AND NOT EXISTS (SELECT 1 FROM consent_step c WHERE c.person_id = p.id) \
                    AND NOT EXISTS (SELECT 1 FROM verification v WHERE v.person_id = p.id)",
            run: "DELETE FROM person WHERE removed < $1 AND relation <> 'Myself' \
                  AND NOT EXISTS (SELECT 1 FROM booking_person b WHERE b.person_id = person.id) \
                  AND NOT EXISTS (SELECT 1 FROM consent_step c WHERE c.person_id = person.id) \
                  AND NOT EXISTS (SELECT 1 FROM verification v WHERE v.person_id = person.id)",
        }),
        // What is sealed is sealed anew, empty: `privacy/erase.rs` does it.
        erase: &["UPDATE person SET relation = CASE relation WHEN 'Myself' THEN 'Myself' ELSE 'Adult' END \
             WHERE account_id = $1"],
        after: (
            "名字、生日、学校、过敏和嘱咐都删掉，只剩没有名字的编号",
            "Names, birthdays, schools, allergies and notes go; identifiers without names are left",
        ),
    },
    Table {
        name: "consent_step",
        group: Group::Family,
        title: ("监护人同意", "Guardian's consent"),
        why: ("证明孩子的资料是监护人同意用的", "To show that a guardian agreed"),
        columns: &[
            shown("person_id", Kind::Person, "为谁", "For whom"),
            quiet("seq", Kind::Plain),
            shown("version", Kind::Number, "版本", "Version"),
            shown("given", Kind::Truth, "同意", "Agreed"),
            quiet("account_id", Kind::Id),
            shown("made", Kind::Time, "时间", "When"),
        ],
        mine: "SELECT * FROM consent_step WHERE account_id = $1 ORDER BY made, person_id, seq",
        has_about: false,
        kept: Kept::Good,
        sweep: None,
        erase: &[],
        after: (
            "留下“某个编号在某天同意过”，看不出是谁",
            "That some identifier agreed on some day stays; nobody can tell who it was",
        ),
    },
    Table {
        name: "verification",
        group: Group::Family,
        title: ("证件核对", "Papers seen at the desk"),
        why: ("不用每次带证件", "So that papers need not be brought every time"),
        columns: &[
            shown("person_id", Kind::Person, "谁的", "Whose"),
            quiet("seq", Kind::Plain),
            quiet("centre_id", Kind::Id),
            quiet("account_id", Kind::Secret),
            shown("identity", Kind::Truth, "身份属实", "Identity as said"),
            shown("resident", Kind::Truth, "住在附近", "Lives near by"),
            shown("made", Kind::Time, "时间", "When"),
        ],
        mine: "SELECT v.* FROM verification v JOIN person p ON p.id = v.person_id \
               WHERE p.account_id = $1 ORDER BY v.made, v.person_id, v.seq",
        has_about: false,
        kept: Kept::Good,
        sweep: None,
        erase: &[],
        after: (
            "留下“某个编号的证件在某天看过”，看不出是谁",
            "That some identifier's papers were seen on some day stays; nobody can tell whose",
        ),
    },
];
