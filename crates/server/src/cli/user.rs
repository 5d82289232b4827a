//! `mantik-server user add`

use std::io::{BufRead as _, IsTerminal as _, Write as _, stdin, stdout};
use std::process::Command;

use anyhow::{Result, anyhow, bail};
use clap::Args;
use models::session::why_not_password;
use models::text::{EmailAddress, UserName};

use crate::auth::Passwords;
use crate::config::Storage;
use crate::data;
use crate::store::NewAccount;

/// A user to be added.
#[derive(Debug, Args)]
pub(super) struct AddUser {
    /// What she signs in with.
    name: UserName,
    /// Her e-mail address.
    #[arg(long)]
    email: EmailAddress,
    /// Makes her an administrator of the platform.
    #[arg(long)]
    admin: bool,
    /// Reads the password from the standard input without asking for it.
    #[arg(long)]
    password_stdin: bool,
    #[command(flatten)]
    storage: Storage,
}

pub(super) async fn add(user: AddUser) -> Result<()> {
    let password = read_password(user.password_stdin)?;
    if let Some(reason) = why_not_password(&password) {
        bail!("this password cannot be used: {reason}");
    }
    let opened = data::open(&user.storage, false).await?;
    let password_hash = Passwords::default().hash(password).await?;
    let (name, email) = (user.name.into(), user.email.into());
    let new = NewAccount { name, email, password_hash, is_admin: user.admin };
    let account = opened.store.create_account(new).await.map_err(|error| anyhow!("{error}"))?;
    opened.store.close().await;
    println!("{} can sign in now.", account.name);
    Ok(())
}

fn read_password(silently: bool) -> Result<String> {
    let asks = !silently && stdin().is_terminal();
    if asks {
        print!("Password (12 characters or more): ");
        stdout().flush()?;
        show_typing(false);
    }
    let mut line = String::new();
    let result = stdin().lock().read_line(&mut line);
    if asks {
        show_typing(true);
        println!();
    }
    result?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

/// Has the terminal show what is typed, or not. Where that cannot be had, the password shows.
fn show_typing(shown: bool) {
    let _ = Command::new("stty").arg(if shown { "echo" } else { "-echo" }).status();
}
