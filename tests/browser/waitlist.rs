//! A full slot: one waits, with a place in line, and moves up when another cancels.

use super::{house::House, phone::Phone, screens};

#[test]
fn who_waits_moves_up_when_another_cancels() {
    let house = House::new();
    let slot = "/offerings/shurenyuan-memory?slot=shurenyuan-memory.20260623T1100";
    let first = Phone::of(&house, &house.resident(screens::MINE));
    first.opens(slot).sees("今天 11:00–11:40").taps("确认预约").sees_heading("订好了");

    let (second, third) = (house.resident("13800000002"), house.resident("13800000003"));
    let waiting = Phone::of(&house, &second);
    waiting
        .opens(slot)
        .sees("满了，有人退就按顺序补上")
        .taps("候补排队")
        .sees_heading("候补第 1 位")
        .sees("回执");
    screens::books(&third, "shurenyuan-memory.20260623T1100");
    let mine = Phone::of(&house, &third);
    mine.opens("/mine").sees("候补第 2");

    first.taps("取消预约").taps("不去了，取消").sees_heading("已取消");
    waiting.looks_again().sees_heading("轮到您了").taps("我要了").sees_heading("订好了").sees("回执");
    mine.looks_again().sees("候补第 1").taps("参观记忆馆").sees_heading("候补第 1 位");
    mine.taps("不排了").taps("不去了，取消").sees_heading("已取消");
}
