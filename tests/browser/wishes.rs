//! A wish: written, refused for what does not belong in it, sent, supported, taken back.

use super::{house::House, phone::Phone};

#[test]
fn a_wish_is_made_found_in_the_list_and_supported_by_a_neighbour() {
    let house = House::new();
    let phone = Phone::new(&house);
    phone
        .opens("/")
        .taps("心愿")
        .is_at("/wishes")
        .sees_heading("邻里心愿")
        .taps("说个心愿")
        .is_at("/wishes/new");
    phone.taps("安全").types("您的心愿", "路口的灯").types("您的心愿", "路口的灯不亮，请打 13912345678 找我");
    phone.sees("请不要写电话或证件号码").taps("登录后提交").is_at("/wishes/new");
    phone.types("您的心愿", "西门路口的灯晚上不亮，老人看不清台阶").sees_no("请不要写电话或证件号码");

    // Signing in on the way loses nothing of what was written.
    phone.taps("登录后提交").is_below("/sign-in").signs_in("13800000001").is_at("/wishes/new");
    phone.taps("提交心愿").is_below("/wishes/").sees("社区收到了。编号").sees("1 位邻居");
    let wish = phone.address().split('?').next().unwrap_or_default().to_owned();
    let number: String = phone.heading().chars().filter(char::is_ascii_digit).collect();
    phone
        .taps("邻里心愿")
        .is_at("/wishes")
        .sees(&format!("编号 {number}"))
        .taps("新提的")
        .is_at("/wishes?show=new");
    phone
        .sees("西门路口的灯晚上不亮")
        .sees_no("充电棚")
        .taps("我的")
        .sees("我的心愿")
        .taps("西门路口的灯晚上不亮");
    phone.is_at(&wish).sees("等社区答复");

    let neighbour = Phone::of(&house, &house.resident("13800000002"));
    neighbour
        .opens(&wish)
        .sees_no("收回这个心愿")
        .taps("我也想要")
        .sees("已经记下，您也想要。")
        .sees("2 位邻居");
    neighbour.reloads().sees("已经记下，您也想要。");
    phone.looks_again().sees("2 位邻居");

    phone.taps("收回这个心愿").sees("收回这个心愿吗？").taps("收回").sees("提的人收回了");
    neighbour.opens("/wishes").sees("充电棚").sees_no("西门路口的灯晚上不亮");
}
