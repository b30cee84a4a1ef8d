//! Wishes and helping.

use crate::privacy::register::{Group, Kept, Kind, Sweep, Table, quiet, shown};

pub const TABLES: &[Table] = &[
    Table {
        name: "wish",
        group: Group::Neighbours,
        title: ("心愿和建议", "Wishes"),
        why: ("给每句话一个编号，看得到办没办", "So that every word has a number and is followed up"),
        columns: &[
            quiet("id", Kind::Id),
            shown("number", Kind::Number, "编号", "Number"),
            quiet("centre_id", Kind::Id),
            quiet("account_id", Kind::Id),
            shown("category", Kind::Word, "类别", "Category"),
            shown("text_zh", Kind::Text, "您说的话", "What you said"),
            shown("text_en", Kind::Text, "英文", "In English"),
            shown("made", Kind::Time, "时间", "When"),
            shown("supports", Kind::Number, "附议人数", "Neighbours who join in"),
        ],
        mine: "SELECT * FROM wish WHERE account_id = $1 ORDER BY number",
        has_about: false,
        kept: Kept::Good,
        sweep: Some(Sweep {
            what: ("收回了的心愿的原话", "The words of wishes that were taken back"),
            days: 30,
            count: "SELECT COUNT(*) AS due FROM wish WHERE text_zh <> '' AND account_id IS NOT NULL AND id IN \
                    (SELECT s.wish_id FROM wish_step s WHERE s.kind = 'withdrawn' AND s.at < $1)",
            run: "UPDATE wish SET text_zh = '', text_en = '' \
                  WHERE text_zh <> '' AND account_id IS NOT NULL AND id IN \
                  (SELECT s.wish_id FROM wish_step s WHERE s.kind = 'withdrawn' AND s.at < $1)",
        }),
        // One that the account alone wanted is taken back before: `privacy/erase.rs` does it.
        erase: &["UPDATE wish SET text_zh = '', text_en = '' WHERE account_id = $1 AND id IN \
             (SELECT s.wish_id FROM wish_step s WHERE s.kind = 'withdrawn')"],
        after: (
            "没有邻居附议、中心也没回复的一并收回；其余的留下，本来就不写是谁说的",
            "Those nobody joined and nobody answered are taken back; the others stay: they never showed a name",
        ),
    },
    Table {
        name: "wish_step",
        group: Group::Neighbours,
        title: ("心愿的进展", "How a wish went on"),
        why: ("看得到办没办", "To follow it up"),
        columns: &[
            quiet("wish_id", Kind::Id),
            quiet("seq", Kind::Plain),
            shown("kind", Kind::Word, "进展", "Step"),
            shown("at", Kind::Time, "时间", "When"),
            shown("note_zh", Kind::Text, "中心的话", "The centre's words"),
            shown("note_en", Kind::Text, "英文", "In English"),
        ],
        mine: "SELECT s.* FROM wish_step s JOIN wish w ON w.id = s.wish_id \
               WHERE w.account_id = $1 ORDER BY w.number, s.seq",
        has_about: false,
        kept: Kept::Good,
        sweep: None,
        erase: &[],
        after: ("留下，是中心说的话", "Stays: the words are the centre's"),
    },
    Table {
        name: "wish_support",
        group: Group::Neighbours,
        title: ("附议过的心愿", "Wishes you joined"),
        why: ("一个人只算一次", "So that everybody counts once"),
        columns: &[
            quiet("wish_id", Kind::Id),
            quiet("account_id", Kind::Id),
            shown("made", Kind::Time, "时间", "When"),
        ],
        mine: "SELECT * FROM wish_support WHERE account_id = $1 ORDER BY made, wish_id",
        has_about: false,
        kept: Kept::Account,
        sweep: None,
        erase: &["DELETE FROM wish_support WHERE account_id = $1"],
        after: ("删掉，人数不变", "Goes; the count stays"),
    },
    Table {
        name: "volunteer",
        group: Group::Neighbours,
        title: ("做志愿者", "Being a volunteer"),
        why: (
            "中心知道怎么称呼您、您愿意帮什么",
            "So that the centre knows your name and what you like to do",
        ),
        columns: &[
            quiet("id", Kind::Id),
            quiet("account_id", Kind::Id),
            quiet("centre_id", Kind::Id),
            shown("sealed_box", Kind::Sealed, "称呼和愿意帮的事", "Name and what you like to help with"),
            shown("made", Kind::Time, "登记时间", "Since"),
            shown("suspended", Kind::Time, "停用时间", "Suspended"),
            shown("reason", Kind::Text, "停用的原因", "Why"),
            shown("ended", Kind::Time, "不做了的时间", "Left"),
        ],
        // Of who left nothing is sealed any more.
        mine: "SELECT id, account_id, centre_id, NULLIF(sealed_box, '') AS sealed_box, made, suspended, \
               reason, ended FROM volunteer WHERE account_id = $1",
        has_about: false,
        kept: Kept::Account,
        sweep: Some(Sweep {
            what: ("不做了的志愿者被停用过的记录", "That somebody who left was suspended"),
            days: 365,
            count: "SELECT COUNT(*) AS due FROM volunteer WHERE ended < $1",
            run: "DELETE FROM volunteer WHERE ended < $1",
        }),
        erase: &["DELETE FROM volunteer WHERE account_id = $1"],
        after: ("删掉", "Goes"),
    },
    Table {
        name: "task_claim",
        group: Group::Neighbours,
        title: ("报名帮忙的事", "Where you lend a hand"),
        why: ("知道有谁来，人够不够", "To know who comes, and whether there are enough"),
        columns: &[
            quiet("task_id", Kind::Id),
            quiet("account_id", Kind::Id),
            shown("made", Kind::Time, "报名时间", "Said so"),
        ],
        mine: "SELECT c.*, t.details AS about, t.starts AS about_at FROM task_claim c \
               JOIN task t ON t.id = c.task_id WHERE c.account_id = $1 ORDER BY c.made, c.task_id",
        has_about: true,
        kept: Kept::Account,
        sweep: Some(Sweep {
            what: ("以前帮过忙的记录", "Where you lent a hand long ago"),
            days: 1095,
            count: "SELECT COUNT(*) AS due FROM task_claim \
                    WHERE task_id IN (SELECT t.id FROM task t WHERE t.ends < $1)",
            run: "DELETE FROM task_claim WHERE task_id IN (SELECT t.id FROM task t WHERE t.ends < $1)",
        }),
        erase: &["DELETE FROM task_claim WHERE account_id = $1"],
        after: (
            "还没开始的退出，让别人来；过去的删掉，人数不变",
            "What is ahead is left to others; what is past goes, and the count stays",
        ),
    },
];
