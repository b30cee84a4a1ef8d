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
            shown(
                "sealed_box",
                Kind::Sealed,
                "名字、生日、学校、过敏和嘱咐",
                "Name, date of birth, school, allergies, notes",
            ),
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
                    AND NOT EXISTS (SELECT 1 FROM attendance a WHERE a.person_id = p.id) \
                    AND NOT EXISTS (SELECT 1 FROM consent_step c WHERE c.person_id = p.id) \
                    AND NOT EXISTS (SELECT 1 FROM verification v WHERE v.person_id = p.id) \
                    AND NOT EXISTS (SELECT 1 FROM guardian g WHERE g.person_id = p.id) \
                    AND NOT EXISTS (SELECT 1 FROM guardian_code c WHERE c.person_id = p.id)",
            run: "DELETE FROM person WHERE removed < $1 AND relation <> 'Myself' \
                  AND NOT EXISTS (SELECT 1 FROM booking_person b WHERE b.person_id = person.id) \
                  AND NOT EXISTS (SELECT 1 FROM attendance a WHERE a.person_id = person.id) \
                  AND NOT EXISTS (SELECT 1 FROM consent_step c WHERE c.person_id = person.id) \
                  AND NOT EXISTS (SELECT 1 FROM verification v WHERE v.person_id = person.id) \
                  AND NOT EXISTS (SELECT 1 FROM guardian g WHERE g.person_id = person.id) \
                  AND NOT EXISTS (SELECT 1 FROM guardian_code c WHERE c.person_id = person.id)",
        }),
        // What is sealed is sealed anew, empty: `privacy/erase.rs` does it.
        erase: &["UPDATE person SET relation = CASE relation WHEN 'Myself' THEN 'Myself' ELSE 'Adult' END \
             WHERE account_id = $1"],
        after: (
            "名字、生日、学校、过敏和嘱咐都删掉，只剩没有名字的编号；另一位监护人也能报名的孩子，归到那一家",
            "Names, birthdays, schools, allergies and notes go; identifiers without names are left. Children for \
             whom another guardian may book become one of that household",
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
            quiet("centre_id", Kind::Id),
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
    Table {
        name: "guardian",
        group: Group::Family,
        title: ("一起照看孩子的监护人", "Guardians of one child"),
        why: ("另一位监护人也能看、能报", "So that the other guardian can see and book, too"),
        columns: &[
            quiet("id", Kind::Id),
            shown("person_id", Kind::Person, "哪个孩子", "Which child"),
            quiet("account_id", Kind::Secret),
            shown("scope", Kind::Word, "能做什么", "May"),
            shown("made", Kind::Time, "从", "Since"),
            shown("ended", Kind::Time, "到", "Until"),
            quiet("ended_by", Kind::Secret),
        ],
        mine: "SELECT g.* FROM guardian g JOIN person p ON p.id = g.person_id \
               WHERE g.account_id = $1 OR p.account_id = $1 ORDER BY g.made, g.id",
        has_about: false,
        kept: Kept::Account,
        sweep: Some(Sweep {
            what: ("早就不再一起照看的记录", "Guardians who left long ago"),
            days: 730,
            count: "SELECT COUNT(*) AS due FROM guardian WHERE ended < $1",
            run: "DELETE FROM guardian WHERE ended < $1",
        }),
        erase: &["DELETE FROM guardian WHERE account_id = $1 \
             OR person_id IN (SELECT id FROM person WHERE account_id = $1)"],
        after: ("删掉", "Goes"),
    },
    Table {
        name: "guardian_code",
        group: Group::Family,
        title: ("给另一位监护人的邀请码", "Codes for another guardian"),
        why: ("请另一位监护人一起照看", "To invite another guardian"),
        columns: &[
            quiet("id", Kind::Secret),
            shown("person_id", Kind::Person, "哪个孩子", "Which child"),
            shown("scope", Kind::Word, "能做什么", "May"),
            quiet("code_mac", Kind::Secret),
            shown("made", Kind::Time, "时间", "When"),
            shown("used", Kind::Time, "用掉时间", "Used"),
            shown("ended", Kind::Time, "作废时间", "Void since"),
        ],
        mine: "SELECT c.* FROM guardian_code c JOIN person p ON p.id = c.person_id \
               WHERE p.account_id = $1 ORDER BY c.made, c.id",
        has_about: false,
        kept: Kept::Account,
        sweep: Some(Sweep {
            what: ("用过、过期的邀请码", "Codes that were used or have lapsed"),
            days: 730,
            count: "SELECT COUNT(*) AS due FROM guardian_code WHERE made < $1",
            run: "DELETE FROM guardian_code WHERE made < $1",
        }),
        erase: &[
            "DELETE FROM guardian_code WHERE person_id IN (SELECT id FROM person WHERE account_id = $1)",
        ],
        after: ("删掉", "Goes"),
    },
    Table {
        name: "circle",
        group: Group::Family,
        title: ("关爱圈", "Circle of care"),
        why: ("让家人替老人看和办", "So that relatives can see and do things for an elder"),
        columns: &[
            quiet("id", Kind::Id),
            quiet("account_id", Kind::Secret),
            quiet("member_id", Kind::Secret),
            shown("scope", Kind::Word, "能做什么", "May"),
            shown("names_box", Kind::Sealed, "互相怎么称呼", "What each calls the other"),
            shown("made", Kind::Time, "从", "Since"),
            shown("ended", Kind::Time, "到", "Until"),
            quiet("ended_by", Kind::Secret),
        ],
        mine: "SELECT * FROM circle WHERE account_id = $1 OR member_id = $1 ORDER BY made, id",
        has_about: false,
        kept: Kept::Account,
        sweep: Some(Sweep {
            what: ("早就退出关爱圈的记录", "Relatives who left long ago"),
            days: 730,
            count: "SELECT COUNT(*) AS due FROM circle c WHERE c.ended < $1 \
                    AND NOT EXISTS (SELECT 1 FROM circle_line l WHERE l.circle_id = c.id)",
            run: "DELETE FROM circle WHERE ended < $1 \
                  AND NOT EXISTS (SELECT 1 FROM circle_line l WHERE l.circle_id = circle.id)",
        }),
        // Of a relative who goes, her log keeps what she called them.
        erase: &[
            "DELETE FROM circle WHERE account_id = $1",
            "UPDATE circle SET ended = COALESCE(ended, (SELECT l.until FROM leaving l WHERE l.account_id = $1), \
             made), ended_by = CASE WHEN ended IS NULL OR ended_by = $1 THEN NULL ELSE ended_by END, \
             member_id = NULL WHERE member_id = $1",
        ],
        after: (
            "自己的关爱圈删掉；在别人圈里的，退出来，那一家只留下称呼和办过的事",
            "One's own circle goes. One leaves those of others, which keep what one was called and what one did",
        ),
    },
    Table {
        name: "circle_code",
        group: Group::Family,
        title: ("关爱圈的邀请码", "Codes for a circle of care"),
        why: ("请家人进关爱圈", "To invite a relative"),
        columns: &[
            quiet("id", Kind::Secret),
            quiet("account_id", Kind::Id),
            shown("scope", Kind::Word, "能做什么", "May"),
            shown("names_box", Kind::Sealed, "互相怎么称呼", "What each calls the other"),
            quiet("code_mac", Kind::Secret),
            shown("made", Kind::Time, "时间", "When"),
            shown("used", Kind::Time, "用掉时间", "Used"),
            shown("ended", Kind::Time, "作废时间", "Void since"),
        ],
        mine: "SELECT * FROM circle_code WHERE account_id = $1 ORDER BY made, id",
        has_about: false,
        kept: Kept::Account,
        sweep: Some(Sweep {
            what: ("用过、过期的邀请码", "Codes that were used or have lapsed"),
            days: 730,
            count: "SELECT COUNT(*) AS due FROM circle_code WHERE made < $1",
            run: "DELETE FROM circle_code WHERE made < $1",
        }),
        erase: &["DELETE FROM circle_code WHERE account_id = $1"],
        after: ("删掉", "Goes"),
    },
    Table {
        name: "circle_line",
        group: Group::Family,
        title: ("家人替老人办过的事", "What relatives did for an elder"),
        why: ("老人随时看得到谁办了什么", "So that she sees at any time who did what"),
        columns: &[
            quiet("circle_id", Kind::Id),
            quiet("idem_key", Kind::Secret),
            quiet("body_hash", Kind::Secret),
            shown("deed", Kind::Word, "办了什么", "What"),
            quiet("subject", Kind::Id),
            shown("at", Kind::Time, "时间", "When"),
            shown("done", Kind::Time, "办成时间", "Done"),
        ],
        mine: "SELECT l.* FROM circle_line l JOIN circle c ON c.id = l.circle_id \
               WHERE c.account_id = $1 OR c.member_id = $1 ORDER BY l.at, l.circle_id, l.idem_key",
        has_about: false,
        kept: Kept::Account,
        sweep: Some(Sweep {
            what: ("家人替老人办过的事", "What relatives did for an elder"),
            days: 730,
            count: "SELECT COUNT(*) AS due FROM circle_line WHERE at < $1",
            run: "DELETE FROM circle_line WHERE at < $1",
        }),
        // Before the bonds go, which say whose they are. What was done for others is on their record.
        erase: &["DELETE FROM circle_line WHERE circle_id IN \
             (SELECT c.id FROM circle c WHERE c.account_id = $1)"],
        after: (
            "替自己办的删掉；替别人办的，那一家留着",
            "What was done for oneself goes; what one did for others they keep",
        ),
    },
];
