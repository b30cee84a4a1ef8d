//! What is sealed stays sealed.

use super::*;

const PLACE: Place<'static> = Place { table: "person", row: "p1", column: "sealed_box" };

#[test]
fn what_was_sealed_opens_in_its_place_and_nowhere_else() {
    let vault = Vault::passing().expect("keys");
    let sealed = vault.seal(PLACE, "朵朵".as_bytes()).expect("sealed");
    assert_eq!(vault.open(PLACE, &sealed).expect("opened"), "朵朵".as_bytes());
    assert!(vault.open(Place { row: "p2", ..PLACE }, &sealed).is_err());
    assert!(vault.open(PLACE, &sealed.replace("k1.", "k2.")).is_err());
    let other = Vault::passing().expect("keys");
    assert!(other.open(PLACE, &sealed).is_err());
    assert_ne!(sealed, vault.seal(PLACE, "朵朵".as_bytes()).expect("sealed"), "the nonce is new");
}

#[test]
fn a_field_that_was_tampered_with_does_not_open() {
    let vault = Vault::passing().expect("keys");
    let sealed = vault.seal(PLACE, b"1999-01-01").expect("sealed");
    for at in 0..sealed.len() {
        let mut bytes = sealed.clone().into_bytes();
        bytes[at] = if bytes[at] == b'0' { b'1' } else { b'0' };
        let changed = String::from_utf8(bytes).expect("text");
        assert!(vault.open(PLACE, &changed).is_err(), "byte {at}");
    }
}

#[test]
fn a_new_key_seals_and_the_old_one_still_opens() {
    let look = "0".repeat(64);
    let (one, two) = ("1".repeat(64), "2".repeat(64));
    let before = Vault::read(&format!("seal k1 {one}; look {look}")).expect("keys");
    let after = Vault::read(&format!("seal k2 {two}\nseal k1 {one}\nlook {look}")).expect("keys");
    let sealed = before.seal(PLACE, b"x").expect("sealed");
    assert_eq!(after.open(PLACE, &sealed).expect("opened"), b"x");
    assert!(after.seal(PLACE, b"x").expect("sealed").starts_with("k2."));
    let digest = |vault: &Vault| vault.digest(Purpose::Phone, &["13800000001"]);
    assert_eq!(digest(&before), digest(&after));
}

#[test]
fn bad_keys_are_named_by_their_line() {
    assert!(matches!(Vault::read("seal k1 abc"), Err(VaultError::Keys(1))));
    let good = "a".repeat(64);
    assert!(matches!(Vault::read(&format!("seal k1 {good}\nlok {good}")), Err(VaultError::Keys(2))));
    assert!(matches!(Vault::read(&format!("seal k1 {good}")), Err(VaultError::Incomplete)));
    assert!(matches!(Vault::read(""), Err(VaultError::Incomplete)));
}

#[test]
fn digests_differ_by_purpose_and_by_the_cut_between_parts() {
    let vault = Vault::passing().expect("keys");
    let code = |parts: &[&str]| vault.digest(Purpose::Code, parts);
    assert_ne!(code(&["a", "bc"]), code(&["ab", "c"]));
    assert_ne!(code(&["a"]), vault.digest(Purpose::Phone, &["a"]));
}

#[test]
fn the_key_file_is_made_once_and_only_its_owner_reads_it() {
    let folder = std::env::temp_dir().join(format!("doorstep-vault-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("folder");
    let first = Vault::make(&folder).expect("made");
    let sealed = first.seal(PLACE, b"x").expect("sealed");
    let second = Vault::find(None, &folder).expect("read").expect("there");
    assert_eq!(second.open(PLACE, &sealed).expect("opened"), b"x");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(folder.join(FILE)).expect("file").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    fs::remove_dir_all(&folder).expect("cleaned");
}

#[test]
fn a_running_vault_learns_of_a_key_that_is_added_and_of_one_that_is_dropped() {
    let data = std::env::temp_dir().join(format!("doorstep-ring-{}", std::process::id()));
    fs::create_dir_all(&data).expect("a folder");
    let running = Vault::make(&data).expect("keys");
    let old = running.seal(PLACE, b"x").expect("sealed");
    let phone = running.digest(Purpose::Phone, &["13800000001"]);
    assert_eq!(add_key(&data).expect("added"), "k2");
    let rotating = Vault::find(None, &data).expect("read").expect("there");
    let new = rotating.seal(PLACE, b"y").expect("sealed");
    assert!(new.starts_with("k2.") && rotating.open(PLACE, &old).is_ok());
    // Nobody told it: it meets the key and looks again.
    assert_eq!(running.open(PLACE, &new).expect("opened"), b"y");
    assert!(running.seal(PLACE, b"z").expect("sealed").starts_with("k2."));
    assert!(!running.refresh().expect("read"));

    drop_keys(&data, &["k1".into(), "k2".into()]).expect("dropped");
    assert!(running.refresh().expect("read"));
    assert_eq!(running.key_ids(), ["k2"], "the key that seals stays");
    assert!(running.open(PLACE, &old).is_err() && running.open(PLACE, &new).is_ok());
    assert_eq!(running.digest(Purpose::Phone, &["13800000001"]), phone);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(data.join(FILE)).expect("there").permissions().mode();
        assert_eq!(mode & 0o77, 0, "nobody else reads it");
    }
    fs::remove_dir_all(&data).expect("removed");
}
