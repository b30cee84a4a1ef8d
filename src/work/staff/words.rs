//! Words of who works where.

use domain::staff::{Post, Standing};

use crate::lang::t;

pub fn staff_lede() -> &'static str {
    t("停用以后，对方的下一次操作就打不开了。", "Whoever is suspended is out at their next tap.")
}

pub fn invite() -> &'static str {
    t("邀请一位", "Invite somebody")
}

pub fn inviting() -> &'static str {
    t("正在邀请…", "Inviting…")
}

pub fn invite_yes() -> &'static str {
    t("邀请", "Invite")
}

pub fn invite_hint() -> &'static str {
    t("用这个手机号登录后，就能看到工作台。", "Whoever signs in with this number sees the workbench.")
}

pub fn role() -> &'static str {
    t("岗位", "Post")
}

pub fn role_name(post: &Post) -> &'static str {
    match post {
        Post::Staff(_) => t("前台", "Desk"),
        Post::Office(_) => t("街道或区", "Office"),
        Post::Admin => t("管理员", "Administrator"),
    }
}

pub fn where_() -> &'static str {
    t("在哪里", "Where")
}

pub fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Pending => t("等登录", "Invited"),
        Standing::Active => t("在岗", "At work"),
        Standing::Suspended => t("已停用", "Suspended"),
    }
}

pub fn suspend() -> &'static str {
    t("停用", "Suspend")
}

pub fn resume() -> &'static str {
    t("恢复", "Resume")
}

pub fn yourself() -> &'static str {
    t("您自己", "yourself")
}
