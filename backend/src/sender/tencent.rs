//! Text messages through Tencent Cloud: the call `SendSms` of 2021-01-11, signed by TC3-HMAC-SHA256.
//!
//! Of the gateways in China its way of signing is the one that is documented with an example to the
//! last digit, which the tests below follow.

use domain::{
    session::{CODE_LIFE, Phone},
    time::{MINUTE, Moment, Zone},
};
use hmac::{Hmac, Mac};
use http_body_util::Full;
use hyper::{Request, body::Bytes};
use serde::{Deserialize, Serialize};
use sha2::Sha256;

use super::{CodeSender, Sending, Sends};
use crate::{
    config::{Filling, Sms},
    digest::{hex, sha256},
    outside::{Answer, NoAnswer, Outside},
};

const ACTION: &str = "SendSms";
const VERSION: &str = "2021-01-11";
const SERVICE: &str = "sms";
const JSON: &str = "application/json; charset=utf-8";
const SIGNED: &str = "content-type;host;x-tc-action";

/// An application at Tencent Cloud SMS.
pub struct TencentSender {
    outside: Outside,
    sms: Sms,
}

impl TencentSender {
    /// Sends as `sms` says.
    pub fn new(outside: Outside, sms: Sms) -> Self {
        Self { outside, sms }
    }

    async fn ask(&self, phone: &Phone, code: &str, now: Moment) -> Result<Answer, NoAnswer> {
        let broken = |error: serde_json::Error| NoAnswer::NotAsked(error.to_string());
        let body = serde_json::to_string(&self.message(phone, code)).map_err(broken)?;
        let host = self.sms.site.split_once("://").map_or("", |(_, host)| host);
        let seconds = now.0 / 1_000;
        let call = Call { service: SERVICE, host, action: ACTION, body: &body, seconds };
        let request = Request::post("/")
            .header("authorization", call.authorization(self.sms.id.reveal(), self.sms.key.reveal()))
            .header("content-type", JSON)
            .header("x-tc-action", ACTION)
            .header("x-tc-version", VERSION)
            .header("x-tc-region", &self.sms.region)
            .header("x-tc-timestamp", seconds.to_string())
            .body(Full::new(Bytes::from(body.clone())));
        self.outside.send(&self.sms.site, request).await
    }

    fn message(&self, phone: &Phone, code: &str) -> Message<'_> {
        let fill = |filling: &Filling| match filling {
            Filling::Code => code.to_owned(),
            Filling::Minutes => (CODE_LIFE / MINUTE).to_string(),
        };
        Message {
            phones: [format!("+86{}", phone.reveal())],
            app: &self.sms.app,
            sign: &self.sms.sign,
            template: &self.sms.template,
            fillings: self.sms.fillings.iter().map(fill).collect(),
        }
    }
}

impl CodeSender for TencentSender {
    fn send<'a>(&'a self, phone: &'a Phone, code: &'a str, now: Moment) -> Sends<'a> {
        Box::pin(async move {
            match self.ask(phone, code, now).await {
                Ok(answer) => read(&answer),
                Err(error @ NoAnswer::NotAsked(_)) => {
                    tracing::error!(%error, "the gateway for text messages");
                    Sending::Unreachable
                }
                // It may be on its way. Whoever waits in vain asks for another in a minute.
                Err(error @ NoAnswer::Lost(_)) => {
                    tracing::warn!(%error, "the gateway for text messages");
                    Sending::Sent
                }
            }
        })
    }
}

/// The body of a call.
#[derive(Serialize)]
struct Message<'a> {
    #[serde(rename = "PhoneNumberSet")]
    phones: [String; 1],
    #[serde(rename = "SmsSdkAppId")]
    app: &'a str,
    #[serde(rename = "SignName")]
    sign: &'a str,
    #[serde(rename = "TemplateId")]
    template: &'a str,
    #[serde(rename = "TemplateParamSet")]
    fillings: Vec<String>,
}

#[derive(Deserialize)]
struct Envelope {
    #[serde(rename = "Response")]
    response: Response,
}

#[derive(Deserialize)]
struct Response {
    #[serde(rename = "SendStatusSet", default)]
    statuses: Vec<Status>,
    #[serde(rename = "Error")]
    error: Option<Status>,
    #[serde(rename = "RequestId", default)]
    request: String,
}

#[derive(Deserialize)]
struct Status {
    #[serde(rename = "Code")]
    code: String,
}

/// What an answer means. Its codes say the class before the first dot.
fn read(answer: &Answer) -> Sending {
    let Ok(Envelope { response }) = serde_json::from_slice(&answer.body) else {
        tracing::error!(status = answer.status, "the gateway for text messages says what it should not");
        return Sending::Unreachable;
    };
    let status = response.statuses.first().or(response.error.as_ref());
    let (code, request) = (status.map_or("none", |status| status.code.as_str()), &response.request);
    match code {
        "Ok" => Sending::Sent,
        // Limits of the number, numbers on a list, numbers that are none.
        "LimitExceeded.PhoneNumberDailyLimit"
        | "LimitExceeded.PhoneNumberOneHourLimit"
        | "LimitExceeded.PhoneNumberThirtySecondLimit"
        | "LimitExceeded.PhoneNumberSameContentDailyLimit"
        | "FailedOperation.PhoneNumberInBlacklist"
        | "FailedOperation.PhoneNumberParseFail"
        | "InvalidParameterValue.IncorrectPhoneNumber" => {
            tracing::warn!(code, request, "the gateway for text messages refuses a number");
            Sending::Refused
        }
        _ => {
            tracing::error!(code, request, "the gateway for text messages refuses us");
            Sending::Unreachable
        }
    }
}

/// A call that is to be signed.
struct Call<'a> {
    service: &'a str,
    host: &'a str,
    action: &'a str,
    body: &'a str,
    /// Since 1970.
    seconds: i64,
}

impl Call<'_> {
    /// The value of the header `authorization`, in the four steps of the documentation.
    fn authorization(&self, id: &str, key: &str) -> String {
        let Self { service, host, action, body, seconds } = self;
        let heads = format!("content-type:{JSON}\nhost:{host}\nx-tc-action:{}\n", action.to_lowercase());
        let canonical = format!("POST\n/\n\n{heads}\n{SIGNED}\n{}", sha256(body));
        let date = Moment(seconds * 1_000).day(Zone(0)).to_string();
        let scope = format!("{date}/{service}/tc3_request");
        let to_sign = format!("TC3-HMAC-SHA256\n{seconds}\n{scope}\n{}", sha256(canonical));
        let of_date = mac(format!("TC3{key}").as_bytes(), &date);
        let signing = mac(&mac(&of_date, service), "tc3_request");
        let signature = hex(&mac(&signing, &to_sign));
        format!("TC3-HMAC-SHA256 Credential={id}/{scope}, SignedHeaders={SIGNED}, Signature={signature}")
    }
}

fn mac(key: &[u8], text: &str) -> Vec<u8> {
    // A key of any length is taken.
    let Ok(mut mac) = <Hmac<Sha256> as Mac>::new_from_slice(key) else { return Vec::new() };
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Secret;

    /// The example of the documentation, whose secrets are 32 asterisks.
    #[test]
    fn a_call_is_signed_as_the_documentation_does() {
        let body =
            r#"{"Limit": 1, "Filters": [{"Values": ["\u672a\u547d\u540d"], "Name": "instance-name"}]}"#;
        let (host, action) = ("cvm.tencentcloudapi.com", "DescribeInstances");
        let call = Call { service: "cvm", host, action, body, seconds: 1_551_113_065 };
        let id = format!("AKID{}", "*".repeat(32));
        assert_eq!(
            call.authorization(&id, &"*".repeat(32)),
            format!(
                "TC3-HMAC-SHA256 Credential={id}/2019-02-25/cvm/tc3_request, \
                 SignedHeaders=content-type;host;x-tc-action, \
                 Signature=10b1a37a7301a02ca19a647ad722d5e43b4b3cff309d421d85b46093f6ab6c4f"
            )
        );
    }

    #[test]
    fn a_message_has_the_number_and_what_the_template_asks_for() {
        let sms = Sms {
            app: "1400006666".into(),
            sign: "家门口".into(),
            template: "1110".into(),
            fillings: vec![Filling::Code, Filling::Minutes],
            key: Secret::new("canary"),
            ..Sms::default()
        };
        assert!(!format!("{sms:?}").contains("canary"));
        let sender = TencentSender::new(Outside::default(), sms);
        let phone = Phone::parse("13800000001").expect("a number");
        let message = serde_json::to_value(sender.message(&phone, "123456")).expect("JSON");
        let wanted = serde_json::json!({
            "PhoneNumberSet": ["+8613800000001"], "SmsSdkAppId": "1400006666", "SignName": "家门口",
            "TemplateId": "1110", "TemplateParamSet": ["123456", "5"]
        });
        assert_eq!(message, wanted);
    }

    #[test]
    fn answers_are_told_apart_by_whose_fault_it_is() {
        let say = |body: &str| read(&Answer { status: 200, body: Bytes::copy_from_slice(body.as_bytes()) });
        let status = |code: &str| {
            format!(r#"{{"Response":{{"SendStatusSet":[{{"Code":"{code}","Fee":1}}],"RequestId":"r"}}}}"#)
        };
        let error = |code: &str| {
            format!(r#"{{"Response":{{"Error":{{"Code":"{code}","Message":"m"}},"RequestId":"r"}}}}"#)
        };
        assert_eq!(say(&status("Ok")), Sending::Sent);
        assert_eq!(say(&status("LimitExceeded.PhoneNumberDailyLimit")), Sending::Refused);
        assert_eq!(say(&status("FailedOperation.InsufficientBalanceInSmsPackage")), Sending::Unreachable);
        assert_eq!(say(&error("AuthFailure.SignatureFailure")), Sending::Unreachable);
        assert_eq!(say(&error("InternalError.Timeout")), Sending::Unreachable);
        assert_eq!(say(r#"{"Response":{"RequestId":"r"}}"#), Sending::Unreachable);
        assert_eq!(say("<html>"), Sending::Unreachable);
    }
}
