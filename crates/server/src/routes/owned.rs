//! What the routes of all that a project owns have in common: a list, and to see, change and delete a single thing.

/// The handlers `list`, `show`, `change` and `delete` of a kind: its types, its paths and its texts.
///
/// `present` completes a single thing for its page. `conceal` takes away what a reader of some role may not see. A
/// `guard` refuses changes beyond what the routes' actions do.
macro_rules! owned_handlers {
    (
        $thing:ident, $id:ident, $patch:ident,
        paths $collection:ident, $single:ident;
        tag $tag:tt;
        present $present:expr;
        $(conceal $conceal:expr;)?
        $(guard $guard:ident by $by:ident;)?
        list $list:tt, $list_text:tt;
        show $show:tt, $show_text:tt;
        change $change:tt, $change_text:tt;
        delete $delete:tt, $delete_text:tt;
    ) => {
        #[doc = $list_text]
        #[utoipa::path(get, path = paths::$collection, tag = $tag, operation_id = $list, params(RepositorySearch, PageQuery),
            responses((status = 200, description = "A page.", body = Page<$thing>)))]
        async fn list(
            State(store): State<Store>,
            access: Access,
            Query(search): Query<RepositorySearch>,
            Paging(page): Paging,
        ) -> Result<Json<Page<$thing>>, Error> {
            let mut page: Page<$thing> = store.list_owned(access.project_id, &search, page).await?;
            page.items.iter_mut().for_each(|thing| conceal(thing, access.role));
            Ok(Json(page))
        }

        #[doc = $show_text]
        #[utoipa::path(get, path = paths::$single, tag = $tag, operation_id = $show,
            responses((status = 200, description = "As it is now.", body = $thing)))]
        async fn show(
            State(store): State<Store>,
            access: Access,
            Path((project, id)): Path<(ProjectId, $id)>,
        ) -> Result<Versioned<$thing>, Error> {
            let mut thing = store.owned(project, id).await?;
            conceal(&mut thing, access.role);
            Ok(presented(thing))
        }

        #[doc = $change_text]
        #[utoipa::path(method(put, post), path = paths::$single, tag = $tag, operation_id = $change, request_body = $patch,
            params(("If-Match" = Option<String>, Header, description = "The version that is changed, `\"v3\"`; browsers must send it.")),
            responses((status = 200, description = "As it is now.", body = $thing),
                (status = 409, description = "The project has another of this name.", body = models::problem::Problem),
                (status = 412, description = "Somebody else was faster; as it is now.", body = models::problem::Problem),
                (status = 428, description = "A browser must say which version it changes.", body = models::problem::Problem)))]
        async fn change(
            State(store): State<Store>,
            signed_in: SignedIn,
            access: Access,
            Path((_, id)): Path<(ProjectId, $id)>,
            IfMatch(expected): IfMatch,
            Json(patch): Json<$patch>,
        ) -> Result<Versioned<$thing>, Error> {
            let project = access.project_id;
            $($guard(&store, access, &signed_in, id).await?;)?
            own_connection::check_named(&store, signed_in.user.user_id, &patch).await?;
            match store.change_owned(project, id, patch, expected).await {
                Ok(thing) => Ok(presented(thing)),
                Err(StoreError::Stale) => {
                    Err(Error::stale(store.owned(project, id).await.map(|thing| presented(thing).body)))
                }
                Err(error) => Err(error.into()),
            }
        }

        #[doc = $delete_text]
        #[utoipa::path(delete, path = paths::$single, tag = $tag, operation_id = $delete,
            responses((status = 204, description = "Deleted.")))]
        async fn delete(
            State(store): State<Store>,
            access: Access,
            $($by: SignedIn,)?
            Path((_, id)): Path<(ProjectId, $id)>,
        ) -> Result<StatusCode, Error> {
            $($guard(&store, access, &$by, id).await?;)?
            store.delete_owned::<$thing>(access.project_id, id).await?;
            Ok(StatusCode::NO_CONTENT)
        }

        /// Takes away what a reader of this role may not see.
        #[allow(unused_variables, reason = "of most kinds every reader sees all")]
        fn conceal(thing: &mut $thing, role: Role) {
            $(let conceal: fn(&mut $thing, Role) = $conceal;
            conceal(thing, role);)?
        }

        fn presented(mut thing: $thing) -> Versioned<$thing> {
            let present: fn(&mut $thing) = $present;
            present(&mut thing);
            Versioned { version: thing.version, body: thing }
        }
    };
}

/// The handler `create` of a kind, and the answer that names what was made.
macro_rules! owned_creation {
    (
        $thing:ident, $new:ident,
        path $collection:ident;
        tag $tag:tt;
        create $create:tt, $create_text:tt, $example:tt;
        $created:ident { $field:ident: $id:ident }
    ) => {
        /// The answer when one was made.
        #[derive(Debug, Serialize, ToSchema)]
        #[serde(rename_all = "camelCase")]
        struct $created {
            /// Identifies it.
            $field: $id,
        }

        #[doc = $create_text]
        #[utoipa::path(method(post, put), path = paths::$collection, tag = $tag, operation_id = $create,
            request_body(content = $new, example = json!($example)),
            params(("Idempotency-Key" = Option<String>, Header, description = "The same request with the same key has its effect once.")),
            responses((status = 201, description = "Made.", body = $created),
                (status = 409, description = "The project has one of this name.", body = models::problem::Problem)))]
        async fn create(
            State(state): State<AppState>,
            Acting(actor): Acting,
            access: Access,
            idempotency: Idempotency,
            Json(mut new): Json<$new>,
        ) -> Result<(StatusCode, Json<$created>), Error> {
            let (store, by) = (state.store(), actor.user_id);
            own_connection::check_named(store, by, &new).await?;
            let once = idempotency.once(by, $create, &(access.project_id, &new));
            let adopted = adopt_access_token(&state, &actor, &mut new).await?;
            let made = store.add_owned::<$thing>(access.project_id, Some(by), vec![new], once).await;
            if let (Err(_), Some(connection)) = (&made, adopted) {
                store.delete_connection(actor, connection, None).await?;
            }
            let made = made?;
            let $field = made.first().copied().ok_or(Error::NotFound)?;
            Ok((StatusCode::CREATED, Json($created { $field })))
        }
    };
}

pub(super) use {owned_creation, owned_handlers};
