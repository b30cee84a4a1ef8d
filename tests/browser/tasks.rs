//! Lending a hand: one claims, two claim at once, one cannot come after all.

use std::thread;

use domain::task::api::ClaimTask;

use super::{house::House, phone::Phone, screens};

#[test]
fn a_task_is_claimed_and_given_back() {
    let house = House::new();
    let phone = Phone::new(&house);
    phone
        .opens("/")
        .taps("志愿")
        .is_at("/volunteer")
        .taps("教孩子打乒乓球")
        .is_below("/tasks/")
        .sees("还缺 2 人");
    phone.taps("我来帮忙").is_below("/sign-in").signs_in("13800000001").is_below("/tasks/");
    phone.taps("我来帮忙").sees("谢谢您！到时见。").sees("还缺 1 人");
    phone.taps("我的").sees("我去帮忙").taps("教孩子打乒乓球").taps("有事去不了").taps("确定不去了");
    phone.could_tap("我来帮忙").sees("还缺 2 人");
}

#[test]
fn of_two_who_claim_the_last_place_at_once_one_is_told() {
    let house = House::new();
    let first = house.resident("13800000003");
    let task = screens::task(&first, "xinsheng-task-meals");
    first.call::<ClaimTask>(task.clone(), ()).expect("claimed");
    let path = format!("/tasks/{task}");
    let phones = [screens::MINE, "13800000002"].map(|number| {
        let phone = Phone::of(&house, &house.resident(number));
        phone.opens(&path).sees("还缺 1 人").could_tap("我来帮忙");
        phone
    });
    let told = thread::scope(|scope| {
        let claims = phones.map(|phone| {
            scope.spawn(move || {
                // The loser's answer is a refusal, and the browser notes it.
                phone.expects("status of 422").taps("我来帮忙");
                let over =
                    || phone.text().contains("谢谢您！到时见。") || phone.text().contains("先一步接下了");
                phone.waits("an answer", over);
                let won = phone.text().contains("谢谢您！到时见。");
                if won {
                    phone.sees("2 人，齐了").could_tap("有事去不了");
                } else {
                    phone.sees("谢谢您的心意").taps("看看别的任务").is_at("/volunteer").sees("人齐了");
                }
                won
            })
        });
        claims.map(|claim| claim.join().expect("a claim"))
    });
    assert!(told[0] != told[1], "exactly one has the last place");
}
