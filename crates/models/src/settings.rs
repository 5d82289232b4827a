//! What a person sets for herself.

use serde::{Deserialize, Serialize};

use crate::connection::{Connection, hint};
use crate::id::PaymentInfoId;
use crate::lenient::{self, JsonObject, reshaped};
use crate::macros::open_enum;
use crate::person::{User, UserPatch};
use crate::problem::FieldErrors;
use crate::secret::Secret;
use crate::session::why_not_password;
use crate::text::Summary;

/// A person's settings; password, tokens and the secrets of her connections are never told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct UserSettings {
    /// The person.
    pub user: User,
    /// How she pays; `null` when she has not said.
    pub payment_info: Option<PaymentInfo>,
    /// Her connections, without their secrets.
    #[serde(default)]
    pub connections: Vec<Connection>,
    /// Counts the changes of the person and her payment information; the `ETag` is `"v<version>"`.
    pub version: i64,
}

/// The answer to who asks for settings: the 2022 interface wraps them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WrappedUserSettings {
    /// The settings.
    pub settings: UserSettings,
}

open_enum! {
    /// How somebody pays.
    PaymentMethod {
        /// By invoice.
        Invoice = "INVOICE",
        /// On the account of a compute project.
        ComputeProject = "COMPUTE_PROJECT",
        /// By card, through a payment processor.
        Card = "CARD",
    }
}

/// How somebody pays. Informational: nothing is charged by means of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct PaymentInfo {
    /// Identifies the information.
    pub payment_info_id: PaymentInfoId,
    /// The postal address for invoices.
    pub address: String,
    /// How she pays.
    pub payment_method: PaymentMethod,
    /// The end of the reference, such as `…0042`; empty when it is too short to spare it. The reference is not told.
    pub payment_details: String,
}

impl PaymentInfo {
    /// What is told of a reference: its last four characters, or nothing when it is short.
    #[must_use]
    pub fn hint(reference: &Secret) -> String {
        hint(reference.expose()).unwrap_or_default()
    }
}

/// Sets how somebody pays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct NewPaymentInfo {
    /// The postal address for invoices.
    pub address: Summary,
    /// How she pays.
    pub payment_method: PaymentMethod,
    /// The reference that the payer or the processor knows: an order number, a compute account; never a card number.
    /// Absent leaves the one that is stored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(write_only))]
    pub payment_details: Option<Secret>,
}

impl NewPaymentInfo {
    /// Whether it can be stored.
    ///
    /// # Errors
    /// When the reference looks like a card number.
    pub fn check(&self) -> Result<(), FieldErrors> {
        match &self.payment_details {
            Some(details) if is_card_number(details.expose()) => Err(FieldErrors::at(
                "paymentInfo.paymentDetails",
                "enter the reference that your payment processor gave you, never the card number",
            )),
            Some(_) | None => Ok(()),
        }
    }
}

/// Thirteen to nineteen digits, perhaps in groups, whose last one checks the others (ISO/IEC 7812, Luhn's formula).
fn is_card_number(text: &str) -> bool {
    if !text.chars().all(|character| character.is_ascii_digit() || matches!(character, ' ' | '-')) {
        return false;
    }
    let digits: Vec<u32> = text.chars().filter_map(|character| character.to_digit(10)).collect();
    let luhn = |(position, digit): (usize, &u32)| match (position % 2, digit * 2) {
        (0, _) => *digit,
        (_, double) => double / 10 + double % 10,
    };
    (13..=19).contains(&digits.len()) && digits.iter().rev().enumerate().map(luhn).sum::<u32>() % 10 == 0
}

/// Changes a person's settings; what is absent stays. Wrapped in `{"settings": …}` or bare, as the 2022 interface has it.
/// Connections have a path of their own.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(remote = "Self", rename_all = "camelCase")]
pub struct UserSettingsPatch {
    /// Changes of the person herself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<UserPatch>,
    /// A new password, 12 to 256 characters; needs `currentPassword`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(write_only))]
    pub password: Option<Secret>,
    /// The password until now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(write_only))]
    pub current_password: Option<Secret>,
    /// How she pays; `null` removes it.
    #[serde(default, deserialize_with = "lenient::changed", skip_serializing_if = "Option::is_none")]
    pub payment_info: Option<Option<NewPaymentInfo>>,
}

reshaped!(UserSettingsPatch, unwrap_settings);

fn unwrap_settings(fields: &mut JsonObject) {
    if let Some(serde_json::Value::Object(settings)) = fields.remove("settings") {
        *fields = settings;
    }
    // Who sends an answer back sends what it told of a reference that is too short to be told.
    if let Some(serde_json::Value::Object(info)) = fields.get_mut("paymentInfo")
        && info.get("paymentDetails").is_some_and(|details| details == "")
    {
        info.remove("paymentDetails");
    }
}

impl UserSettingsPatch {
    /// Whether it can be applied.
    ///
    /// # Errors
    /// The fields that are missing or wrong.
    pub fn check(&self) -> Result<(), FieldErrors> {
        let mut errors = FieldErrors::default();
        if let Some(password) = &self.password {
            if let Some(why_not) = why_not_password(password.expose()) {
                errors.add("password", why_not);
            }
            if self.current_password.is_none() {
                errors.add("currentPassword", "enter the password that you have now");
            }
        }
        if let Some(Some(payment_info)) = &self.payment_info {
            payment_info.check()?;
        }
        if errors.is_empty() { Ok(()) } else { Err(errors) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_number_is_no_reference() {
        for card in ["4111 1111 1111 1111", "378282246310005", "5555-5555-5555-4444"] {
            assert!(is_card_number(card), "{card}");
        }
        for reference in ["4111 1111 1111 1112", "PO-4111111111111111", "411111111111", ""] {
            assert!(!is_card_number(reference), "{reference}");
        }
    }

    #[test]
    fn a_new_password_needs_the_old_one() {
        let secret = |text: &str| Some(Secret::try_from(text.to_owned()).unwrap());
        let patch = UserSettingsPatch { password: secret("correct horse battery"), ..Default::default() };
        let errors = patch.check().unwrap_err();
        assert_eq!(errors.get("currentPassword"), Some("enter the password that you have now"));
        assert_eq!(errors.get("password"), None);
        assert_eq!(UserSettingsPatch { current_password: secret("old"), ..patch }.check(), Ok(()));
    }
}
