//! Becoming a volunteer, being in a team, and the desk that keeps both.

use super::{
    house::House,
    phone::Phone,
    screens::{self, DESK},
};

#[test]
fn a_task_for_volunteers_leads_to_becoming_one_and_back() {
    let house = House::new();
    let me = house.resident(screens::MINE);
    let task = screens::task(&me, "wenchang-task-reading");
    let phone = Phone::of(&house, &me);
    phone.opens(&format!("/tasks/{task}")).sees("登记过的志愿者来做").taps("成为志愿者");
    phone.is_below("/volunteer/me").sees_heading("做志愿者");
    phone.taps("成为志愿者").sees("请填写这一项");
    phone.types("怎么称呼您", "小秦").taps("陪老人").taps("送餐").taps("成为志愿者");
    phone.is_below("/tasks/").taps("我来帮忙").sees("谢谢您！到时见。");
    phone.opens("/volunteer").taps("做志愿者").sees("您是新盛社区的志愿者").sees("送餐、陪老人");
    phone.taps("改一改").taps("教用手机").taps("保存").sees("送餐、陪老人、教用手机");

    // The desk sees a masked name, who it is for a purpose, and stops it with a reason.
    let desk = Phone::of(&house, &house.staff(DESK));
    desk.opens("/work").taps("志愿者").is_below("/work/volunteers").sees("小**").sees_no("小秦");
    desk.taps("是谁").taps("安排任务").taps("查看").sees("小秦").sees("138****0001");
    desk.taps("好了").taps("停一停").taps("几次没有来");
    desk.taps("停用").sees("已停").sees("原因：几次没有来").could_tap("恢复");
    phone.opens("/notices").sees("中心暂时停了您的志愿者任务").sees("原因：几次没有来");
    phone.taps("中心暂时停了您的志愿者任务").is_at("/volunteer/me").sees("原因：几次没有来");
    phone.opens(&format!("/tasks/{task}")).sees("中心暂时停了您的志愿者任务").sees_no("我来帮忙");
    desk.taps("恢复").sees("在做");
    phone.opens(&format!("/tasks/{task}")).could_tap("我来帮忙");

    phone.opens("/volunteer/me").taps("不做志愿者了").sees("以后还可以再来").taps("确定不做了");
    phone.sees("登记一次").could_tap("成为志愿者");
    desk.looks_again().sees("还没有人登记");
}

#[test]
fn a_teams_task_is_for_the_team_and_whoever_the_desk_invites() {
    let house = House::new();
    let neighbour = house.resident(screens::MINE);
    let task = screens::task(&neighbour, "xinsheng-task-bulbs");
    let phone = Phone::of(&house, &neighbour);
    phone.opens("/volunteer").sees("物业维修队的任务").taps("给 3 户老人换灯泡");
    phone.sees("这是物业维修队的任务").sees_no("我来帮忙");

    let desk = Phone::of(&house, &house.staff(DESK));
    desk.opens("/work").taps("队伍").is_below("/work/teams").sees("物业维修队").sees("孙师傅").sees("等登录");
    desk.taps("请一位进物业维修队").types("手机号", "13800000046").types("姓名", "冯师傅");
    desk.taps("邀请").sees("冯师傅").sees("138****0046");

    let she = Phone::of(&house, &house.resident("13800000046"));
    she.opens("/volunteer").sees("我的队伍").taps("物业维修队").is_at("/teams/xinsheng-repairs");
    she.sees_heading("物业维修队").sees("冯**").sees("还没有人接").taps("给 3 户老人换灯泡");
    she.taps("我来帮忙").sees("谢谢您！到时见。");
    she.opens("/teams/xinsheng-repairs").sees("冯**接了").sees("我接了");

    // Out of the team: the page is gone at the next look, and the task goes to others.
    let hers = "const cell = [...document.querySelectorAll('.cell')].find((one) => one.innerText.includes('冯师傅'));
                [...cell.querySelectorAll('button')].find((one) => one.innerText === '退队').click()";
    desk.run(hers);
    desk.sees("冯师傅的名字和手机号会从队里删掉").taps("请出").sees_no("冯师傅");
    she.expects("the server responded with a status of 404");
    she.opens("/teams/xinsheng-repairs").sees("没有找到");
    she.opens("/notices").sees("您已经离开这个队");
    let page = format!("/tasks/{task}");
    she.opens(&page).sees("这是物业维修队的任务");
}
