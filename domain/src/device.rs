//! The phones and computers on which somebody is signed in, and what happened on them.

use serde::{Deserialize, Serialize};

use crate::{id::DeviceId, time::Moment};

/// What a device is, as coarsely as one needs to recognise one's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum DeviceKind {
    /// An iPhone.
    Iphone,
    /// An iPad.
    Ipad,
    /// A phone or tablet with Android.
    Android,
    /// A phone or tablet with `HarmonyOS`.
    Harmony,
    /// A computer.
    Computer,
    /// None of them, as far as one can tell.
    Other,
}

/// A device by its look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DeviceLook {
    /// What it is.
    pub kind: DeviceKind,
    /// Whether it was within `WeChat`.
    pub wechat: bool,
}

impl DeviceLook {
    /// Reads the coarse look out of a user agent; the rest of it is of no interest.
    pub fn of(agent: &str) -> Self {
        let has = |mark: &str| agent.contains(mark);
        let kind = if has("iPhone") {
            DeviceKind::Iphone
        } else if has("iPad") {
            DeviceKind::Ipad
        } else if has("HarmonyOS") || has("OpenHarmony") || has("ArkWeb") {
            DeviceKind::Harmony
        } else if has("Android") {
            DeviceKind::Android
        } else if has("Windows") || has("Macintosh") || has("X11") || has("CrOS") {
            DeviceKind::Computer
        } else {
            DeviceKind::Other
        };
        Self { kind, wechat: has("MicroMessenger") }
    }
}

/// A device on which one is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Device {
    /// Identifier of the sign-in.
    pub id: DeviceId,
    /// What it looks like.
    pub look: DeviceLook,
    /// When one signed in there.
    pub made: Moment,
    /// When it was used last, to the hour.
    pub seen: Moment,
    /// Whether it is the one that asks.
    pub here: bool,
}

/// What happened to an account's sign-ins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum DeviceStep {
    /// Somebody signed in.
    SignedIn,
    /// A sign-in was ended from another device.
    Ended,
    /// A sign-in was ended since a copy of it turned up that had been replaced long before.
    CopyFound,
    /// A `WeChat` was bound, which signs in without a code from then on.
    Bound,
    /// It signs in no more.
    Unbound,
}

/// A line of the story.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DeviceLine {
    /// What happened.
    pub step: DeviceStep,
    /// On what.
    pub look: DeviceLook,
    /// When.
    pub at: Moment,
}

/// An account's devices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Devices {
    /// This one first, then those used last.
    pub devices: Vec<Device>,
    /// What happened of late, newest first.
    pub lines: Vec<DeviceLine>,
    /// Since when a `WeChat` signs in without a code, where one does.
    #[serde(default)]
    pub wechat: Option<Moment>,
}

pub mod api {
    //! Endpoints of devices.

    use super::Devices;
    use crate::{
        endpoint::{Audience, Endpoint, Method},
        id::DeviceId,
    };

    /// Where one is signed in.
    pub struct ListDevices;
    impl Endpoint for ListDevices {
        const METHOD: Method = Method::Get;
        const PATH: &'static str = "/api/devices";
        const AUDIENCE: Audience = Audience::Resident;
        const SUMMARY: &'static str = "The devices on which one is signed in";
        type Params = ();
        type Input = ();
        type Output = Devices;
    }

    /// Signs out on one of them.
    pub struct EndDevice;
    impl Endpoint for EndDevice {
        const METHOD: Method = Method::Delete;
        const PATH: &'static str = "/api/devices/{device}";
        const AUDIENCE: Audience = Audience::Resident;
        const SUMMARY: &'static str = "Sign out on one of one's devices";
        type Params = DeviceId;
        type Input = ();
        type Output = Devices;
    }

    /// Signs out on all others, and lets no `WeChat` sign in without a code any more.
    pub struct EndOtherDevices;
    impl Endpoint for EndOtherDevices {
        const METHOD: Method = Method::Delete;
        const PATH: &'static str = "/api/devices";
        const AUDIENCE: Audience = Audience::Resident;
        const SUMMARY: &'static str = "Sign out on all devices but this one";
        type Params = ();
        type Input = ();
        type Output = Devices;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_is_told_by_the_coarse_words_of_its_user_agent() {
        for (agent, kind, wechat) in [
            (
                "Mozilla/5.0 (Linux; Android 11; M2012K11AC) AppleWebKit/537.36 (KHTML, like Gecko) \
                 Version/4.0 Chrome/86.0.4240.99 XWEB/3262 Mobile Safari/537.36 MicroMessenger/8.0.21",
                DeviceKind::Android,
                true,
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 13_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, \
                 like Gecko) Mobile/15E148",
                DeviceKind::Iphone,
                false,
            ),
            (
                "Mozilla/5.0 (Phone; OpenHarmony 5.0) AppleWebKit/537.36 (KHTML, like Gecko) \
                 Chrome/114.0.0.0 Safari/537.36 ArkWeb/4.1 Mobile MicroMessenger/8.0",
                DeviceKind::Harmony,
                true,
            ),
            ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) MicroMessenger/7.0", DeviceKind::Computer, true),
            ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Firefox/128.0", DeviceKind::Computer, false),
            ("curl/8", DeviceKind::Other, false),
        ] {
            assert_eq!(DeviceLook::of(agent), DeviceLook { kind, wechat }, "{agent}");
        }
    }
}
