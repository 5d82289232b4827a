//! How somebody pays, as it is typed in.

use models::problem::FieldErrors;
use models::secret::Secret;
use models::settings::{NewPaymentInfo, PaymentMethod, UserSettings, UserSettingsPatch};

/// What can be read and is typed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Draft {
    pub(super) method: PaymentMethod,
    pub(super) address: String,
}

/// What is typed in, with the reference, which is never read; empty leaves the one that is stored.
pub(super) struct WithReference {
    pub(super) draft: Draft,
    pub(super) reference: String,
}

impl Draft {
    pub(super) fn of(settings: &UserSettings) -> Self {
        match &settings.payment_info {
            Some(info) => Self { method: info.payment_method.clone(), address: info.address.clone() },
            None => Self { method: PaymentMethod::Invoice, address: String::new() },
        }
    }

    pub(super) fn words(&self) -> String {
        let address = self.address.lines().collect::<Vec<_>>().join(", ");
        format!("The method is now “{}”, the address “{address}”.", title(&self.method))
    }
}

/// What a way to pay is called.
pub(super) fn title(method: &PaymentMethod) -> &str {
    match method {
        PaymentMethod::Invoice => "Invoice",
        PaymentMethod::ComputeProject => "Compute project",
        PaymentMethod::Card => "Card",
        PaymentMethod::Unknown(name) => name,
    }
}

impl TryFrom<WithReference> for UserSettingsPatch {
    type Error = FieldErrors;

    fn try_from(WithReference { draft, reference }: WithReference) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::default();
        let address = errors.keep("paymentInfo.address", draft.address.parse());
        let reference = Some(reference.trim().to_owned()).filter(|reference| !reference.is_empty());
        let reference = reference
            .map(|reference| errors.keep("paymentInfo.paymentDetails", Secret::try_from(reference)))
            .map_or(Some(None), |read| read.map(Some));
        let (Some(address), Some(payment_details)) = (address, reference) else { return Err(errors) };
        let info = NewPaymentInfo { address, payment_method: draft.method, payment_details };
        info.check()?;
        Ok(Self { payment_info: Some(Some(info)), ..Self::default() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_reference_leaves_the_one_that_is_stored() {
        let patch = UserSettingsPatch::try_from(typed(" ")).unwrap();
        assert_eq!(patch.payment_info.unwrap().unwrap().payment_details, None);
    }

    #[test]
    fn a_card_number_is_refused_at_the_reference() {
        let errors = UserSettingsPatch::try_from(typed("4111 1111 1111 1111")).unwrap_err();
        assert!(errors.get("paymentInfo.paymentDetails").is_some());
    }

    fn typed(reference: &str) -> WithReference {
        let draft = Draft { method: PaymentMethod::Card, address: "Street 1".to_owned() };
        WithReference { draft, reference: reference.to_owned() }
    }
}
