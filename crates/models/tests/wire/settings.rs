//! The JSON of `models::settings`.

use models::settings::{NewPaymentInfo, PaymentInfo, UserSettingsPatch, WrappedUserSettings};
use serde_json::{Value, json};

use crate::support::{ID, is_mended, read, travels, user};

fn payment_info() -> Value {
    json!({"paymentInfoId": ID, "address": "Street 1", "paymentMethod": "INVOICE", "paymentDetails": "…0042"})
}

#[test]
fn settings_are_told_wrapped_and_without_password_and_token() {
    travels::<WrappedUserSettings>(json!({
        "settings": {"user": user(), "paymentInfo": payment_info(), "connections": [], "version": 2},
    }));
    travels::<WrappedUserSettings>(
        json!({"settings": {"user": user(), "paymentInfo": null, "connections": [], "version": 1}}),
    );
}

#[test]
fn a_payment_method_that_is_not_known_is_kept() {
    travels::<PaymentInfo>(json!({
        "paymentInfoId": ID, "address": "Street 1", "paymentMethod": "BARTER", "paymentDetails": "",
    }));
}

#[test]
fn settings_are_changed_wrapped_or_bare() {
    let bare =
        json!({"user": {"email": "ann@example.org"}, "password": "twelve letters", "currentPassword": "old"});
    travels::<UserSettingsPatch>(bare.clone());
    is_mended::<UserSettingsPatch>(json!({"settings": bare}), bare);
    travels::<UserSettingsPatch>(json!({"paymentInfo": null}));
}

#[test]
fn settings_of_2022_are_changed_as_far_as_they_can_be() {
    is_mended::<UserSettingsPatch>(
        json!({"user": {"userId": ID, "name": "ann", "email": "ann@example.org"}, "token": "t", "connections": []}),
        json!({"user": {"name": "ann", "email": "ann@example.org"}}),
    );
    let info = json!({"address": "Street 1", "paymentMethod": "INVOICE"});
    is_mended::<UserSettingsPatch>(
        json!({"paymentInfo": {"paymentInfoId": ID, "address": "Street 1", "paymentMethod": "INVOICE", "paymentDetails": ""}}),
        json!({"paymentInfo": info}),
    );
}

#[test]
fn a_reference_for_payment_is_no_card_number() {
    let info: NewPaymentInfo = travels(
        json!({"address": "Street 1", "paymentMethod": "CARD", "paymentDetails": "4111 1111 1111 1111"}),
    );
    assert!(info.check().unwrap_err().get("paymentInfo.paymentDetails").is_some());
    assert_eq!(PaymentInfo::hint(&read(json!("ORDER-2026-000042-A0042"))), "…0042");
}
