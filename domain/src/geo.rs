//! Where things are. Coordinates are kept in GCJ-02, the datum of China's maps.

use serde::{Deserialize, Serialize};

/// A place in GCJ-02 degrees.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Point {
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lng: f64,
}

/// Semi-major axis of the Krasovsky 1940 ellipsoid, metres, as GCJ-02 uses it.
const AXIS: f64 = 6_378_245.0;
/// Its first eccentricity squared.
const ECCENTRICITY: f64 = 0.006_693_421_622_965_943;
/// Mean radius of the earth in metres.
const EARTH: f64 = 6_371_000.0;
/// Walking pace of an elder with a shopping bag, metres a minute.
const PACE: f64 = 65.0;
/// Streets are longer than the crow flies by about this factor.
const DETOUR: f64 = 1.3;

/// Where a map of that place is to be found; phones open it in their map, if they have one.
pub fn map_address(at: Point, name: &str) -> String {
    let mut called = String::new();
    crate::endpoint::escape(name, &mut called);
    let Point { lat, lng } = at;
    format!(
        "https://uri.amap.com/marker?position={lng:.6},{lat:.6}&name={called}&coordinate=gaode&callnative=1"
    )
}

/// What a phone's GPS says (WGS-84), as a place on China's maps. Outside China it is unchanged.
pub fn from_gps(lat: f64, lng: f64) -> Point {
    if !(0.83..=55.83).contains(&lat) || !(72.0..=137.84).contains(&lng) {
        return Point { lat, lng };
    }
    let (north, east) = shift(lng - 105.0, lat - 35.0);
    let radians = lat.to_radians();
    let sine = radians.sin();
    let magic = 1.0 - ECCENTRICITY * sine * sine;
    let root = magic.sqrt();
    Point {
        lat: lat + (north * 180.0) / ((AXIS * (1.0 - ECCENTRICITY)) / (magic * root) * std::f64::consts::PI),
        lng: lng + (east * 180.0) / (AXIS / root * radians.cos() * std::f64::consts::PI),
    }
}

/// The published GCJ-02 displacement in metres (north, east) for offsets from 105°E 35°N.
fn shift(x: f64, y: f64) -> (f64, f64) {
    use std::f64::consts::PI;
    let wave =
        |value: f64, big: f64, small: f64| (big * value.sin() + small * (value * 2.0).sin()) * 2.0 / 3.0;
    let common = (20.0 * (6.0 * x * PI).sin() + 20.0 * (2.0 * x * PI).sin()) * 2.0 / 3.0;
    let root = x.abs().sqrt();
    let north = -100.0
        + 2.0 * x
        + 3.0 * y
        + 0.2 * y * y
        + 0.1 * x * y
        + 0.2 * root
        + common
        + (20.0 * (y * PI).sin() + 40.0 * (y / 3.0 * PI).sin()) * 2.0 / 3.0
        + (160.0 * (y / 12.0 * PI).sin() + 320.0 * (y * PI / 30.0).sin()) * 2.0 / 3.0;
    let east = 300.0
        + x
        + 2.0 * y
        + 0.1 * x * x
        + 0.1 * x * y
        + 0.1 * root
        + common
        + wave(x * PI, 20.0, 0.0)
        + wave(x / 3.0 * PI, 40.0, 0.0)
        + (150.0 * (x / 12.0 * PI).sin() + 300.0 * (x / 30.0 * PI).sin()) * 2.0 / 3.0;
    (north, east)
}

/// Metres between two places as the crow flies.
pub fn metres(a: Point, b: Point) -> f64 {
    let (lat_a, lat_b) = (a.lat.to_radians(), b.lat.to_radians());
    let half_lat = ((lat_b - lat_a) / 2.0).sin();
    let half_lng = ((b.lng - a.lng).to_radians() / 2.0).sin();
    let chord = half_lat * half_lat + lat_a.cos() * lat_b.cos() * half_lng * half_lng;
    2.0 * EARTH * chord.sqrt().min(1.0).asin()
}

/// Minutes to walk so many metres as the crow flies, at an elder's pace; at least one.
pub fn walking_minutes(metres: f64) -> u32 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped to a day of walking"
    )]
    let minutes = (metres * DETOUR / PACE).round().clamp(1.0, 1440.0) as u32;
    minutes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_map_is_asked_for_east_first() {
        let at = Point { lat: 32.39, lng: 119.43 };
        assert_eq!(
            map_address(at, "新盛"),
            "https://uri.amap.com/marker?position=119.430000,32.390000&name=%E6%96%B0%E7%9B%9B\
             &coordinate=gaode&callnative=1"
        );
    }

    /// Published pairs: Tiananmen and the Oriental Pearl Tower, to about five metres.
    #[test]
    fn gps_readings_land_where_chinas_maps_show_them() {
        for (gps, map) in [
            ((39.907_375, 116.391_349), Point { lat: 39.908_777, lng: 116.397_592 }),
            ((31.241_740, 121.495_300), Point { lat: 31.239_810, lng: 121.499_815 }),
        ] {
            let found = from_gps(gps.0, gps.1);
            assert!(metres(found, map) < 25.0, "{found:?} is {} m off", metres(found, map));
        }
    }

    #[test]
    fn outside_china_nothing_is_moved() {
        assert_eq!(from_gps(48.85, 2.35), Point { lat: 48.85, lng: 2.35 });
    }

    #[test]
    fn a_kilometre_is_a_walk_of_twenty_minutes() {
        let here = Point { lat: 32.39, lng: 119.42 };
        let there = Point { lat: 32.399, lng: 119.42 };
        assert!((metres(here, there) - 1000.0).abs() < 5.0);
        assert_eq!(walking_minutes(metres(here, there)), 20);
        assert_eq!(walking_minutes(0.0), 1);
    }
}
