//! The document that describes the API, apart from what each handler says of itself.

use models::document::Item;
use models::permission::{Action, Rule};
use models::problem::Problem;
use models::project::ProjectRelation;
use utoipa::ToSchema;
use utoipa::openapi::path::{Operation, Parameter, ParameterBuilder, ParameterIn, PathItem, Paths};
use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, SchemaFormat, Type};
use utoipa::openapi::security::{
    ApiKey, ApiKeyValue, Http, HttpAuthScheme, SecurityRequirement, SecurityScheme,
};
use utoipa::openapi::{
    Components, Content, Deprecated, InfoBuilder, OpenApi, OpenApiBuilder, Ref, RefOr, Required,
    ResponseBuilder,
};

const COOKIE: &str = "session";
const BEARER: &str = "token";

/// Completes the document of the routes.
#[must_use]
pub fn document(routes: OpenApi) -> OpenApi {
    let info = InfoBuilder::new()
        .title("Mantik")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(include_str!("openapi.md")));
    let mut document = OpenApiBuilder::new().info(info).build();
    document.merge(routes);
    let components = document.components.get_or_insert_default();
    add_schema::<Problem>(components);
    // Named where the routes' own declarations do not follow them: in a tree, and in a query.
    add_schema::<Item>(components);
    add_schema::<ProjectRelation>(components);
    let cookie = ApiKey::Cookie(ApiKeyValue::with_description("__Host-session", "A browser's session."));
    let bearer = Http::builder().scheme(HttpAuthScheme::Bearer);
    let bearer =
        bearer.description(Some("An API token, or the access token of the `mantik` client.")).build();
    components.add_security_scheme(COOKIE, SecurityScheme::ApiKey(cookie));
    components.add_security_scheme(BEARER, SecurityScheme::Http(bearer));
    document
}

fn add_schema<T: ToSchema>(components: &mut Components) {
    components.schemas.insert(T::name().into_owned(), T::schema());
    let mut schemas = Vec::new();
    T::schemas(&mut schemas);
    components.schemas.extend(schemas);
}

/// Says of each operation what all that do `action` have in common: who may, the ids in the path, the refusals.
pub fn describe(paths: &mut Paths, action: Action) {
    for (path, item) in &mut paths.paths {
        mark_old_spelling(path, item);
        let ids: Vec<Parameter> = path.split('/').filter_map(id).collect();
        let methods = [&mut item.get, &mut item.put, &mut item.post, &mut item.delete, &mut item.patch];
        for operation in methods.into_iter().flatten() {
            describe_operation(operation, action, &ids);
        }
    }
}

/// The 2022 interface created with PUT, changed with POST and asked for predictions with GET; both are served, and the
/// newer one is recommended.
fn mark_old_spelling(path: &str, item: &mut PathItem) {
    let old = match (&mut item.get, &mut item.put, &mut item.post) {
        (_, Some(put), Some(post)) if put.operation_id == post.operation_id => {
            Some(if path.ends_with('}') { post } else { put })
        }
        (Some(get), _, Some(post)) if get.operation_id == post.operation_id => Some(get),
        _ => None,
    };
    if let Some(old) = old {
        old.deprecated = Some(Deprecated::True);
        old.operation_id = old.operation_id.take().map(|id| id + "_as_in_2022");
        old.summary =
            old.summary.take().map(|summary| format!("{summary} The method of the 2022 interface."));
    }
}

fn describe_operation(operation: &mut Operation, action: Action, ids: &[Parameter]) {
    let parameters = operation.parameters.get_or_insert_default();
    // What a handler says itself of a part of the path is more exact.
    let is_declared = |id: &Parameter| {
        parameters.iter().any(|declared| matches!(declared, RefOr::T(declared) if declared.name == id.name))
    };
    let undeclared = ids.iter().filter(|id| !is_declared(id)).cloned();
    let mut all: Vec<RefOr<Parameter>> = undeclared.map(RefOr::T).collect();
    all.append(parameters);
    *parameters = all;
    if action.rule() != Rule::Anyone {
        let schemes = [COOKIE, BEARER];
        operation.security =
            Some(schemes.map(|name| SecurityRequirement::new::<_, [&str; 0], &str>(name, [])).into());
    }
    operation.extensions.get_or_insert_default().insert("x-action".to_owned(), action.name().into());
    let mut refusals = vec![("421", "The host name is not served here."), ("503", "Overloaded; try again.")];
    if action.rule() != Rule::Anyone {
        refusals.push(("401", "Nobody is signed in."));
        refusals.push(("403", "The caller's role or token does not suffice."));
    }
    if !ids.is_empty() {
        refusals.push(("404", "There is no such thing, or the caller may not see it."));
    }
    if operation.request_body.is_some() {
        refusals.push(("400", "The body is no JSON."));
        refusals.push(("413", "The body is too large."));
        refusals.push(("415", "The body is not declared as JSON."));
    }
    if operation.request_body.is_some()
        || operation.parameters.as_ref().is_some_and(|all| all.len() > ids.len())
    {
        refusals.push(("422", "Values are not allowed; `detail` says which and why."));
    }
    for (status, description) in refusals {
        operation.responses.responses.entry(status.to_owned()).or_insert_with(|| refusal(description));
    }
}

fn refusal(description: &str) -> RefOr<utoipa::openapi::Response> {
    let content = Content::new(Some(Ref::from_schema_name(Problem::name())));
    ResponseBuilder::new().description(description).content("application/json", content).build().into()
}

/// The parameter that a segment of a path stands for.
fn id(segment: &str) -> Option<Parameter> {
    let name = segment.strip_prefix('{')?.strip_suffix('}')?;
    let schema = ObjectBuilder::new()
        .schema_type(Type::String)
        .format(Some(SchemaFormat::KnownFormat(KnownFormat::Uuid)));
    let parameter =
        ParameterBuilder::new().name(name).parameter_in(ParameterIn::Path).required(Required::True);
    Some(parameter.schema(Some(schema)).build())
}
