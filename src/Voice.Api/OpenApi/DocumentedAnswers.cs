using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;
using Voice.Api.Errors;
using Voice.Api.Security;
using Voice.Application.Access;

namespace Voice.Api.OpenApi;

/// <summary>
/// Every answer of every route, with its headers and an example. What all routes of a kind answer follows from what they are marked with;
/// what one answers beside that, and its examples, stand in <c>answers.json</c> under the action's name.
/// </summary>
internal sealed class DocumentedAnswers : IOperationFilter
{
    private static readonly JsonObject Texts = Read();

    private static readonly Dictionary<string, string> Headers = new()
    {
        ["Link"] = "The address of the next page, rel=next",
        ["Location"] = "Address to poll, or of what came of it",
        ["Retry-After"] = "Seconds to wait before asking again",
        ["RateLimit-Limit"] = "Requests of one caller in a second",
        ["RateLimit-Remaining"] = "How many more may come at once",
        ["RateLimit-Reset"] = "Seconds until there are more",
        ["Idempotent-Replayed"] = "true when this answers a repeated request",
        ["ETag"] = "Strong tag of the body; it changes exactly when the body does",
        ["Content-Range"] = "Which bytes these are, and of how many",
        ["Cache-Control"] = "private, no-cache",
        ["Preference-Applied"] = "wait=N or respond-async when Prefer was used",
        ["WWW-Authenticate"] = "Bearer",
        ["traceparent"] = "W3C trace context, for the operator to find the log line",
    };

    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        var own = Texts[context.MethodInfo.Name]?.AsObject() ?? [];
        var metadata = context.ApiDescription.ActionDescriptor.EndpointMetadata;
        var answers = OfItsKind(metadata, context.ApiDescription.RelativePath!);
        DescribeDoor(operation, metadata, context.Document);
        foreach (var (key, answer) in own)
            if (int.TryParse(key, CultureInfo.InvariantCulture, out var status)) answers[status] = answer!.AsObject();

        var error = context.SchemaGenerator.GenerateSchema(typeof(ErrorBody), context.SchemaRepository);
        var generated = operation.Responses ?? [];
        operation.Responses = [];
        foreach (var (status, answer) in answers)
            operation.Responses[$"{status}"] = new OpenApiResponse
            {
                Description = (string?)answer["description"],
                Headers = HeadersOf(answer).ToDictionary(name => name, name => (IOpenApiHeader)new OpenApiHeader
                {
                    Description = Headers[name],
                    Schema = new OpenApiSchema { Type = JsonSchemaType.String },
                }),
                Content = answer["detail"] is { } detail
                    ? Error((string)detail!, (string?)answer["field"], error)
                    : Success(answer["content"]?.AsObject() ?? [], generated.TryGetValue($"{status}", out var response) ? response : null),
            };
        var form = metadata.OfType<IAcceptsMetadata>().LastOrDefault()?.RequestType;
        DescribeRequest(operation, own["request"]?.AsObject() ?? [],
            form is null ? null : context.SchemaGenerator.GenerateSchema(form, context.SchemaRepository));
    }

    private static SortedDictionary<int, JsonObject> OfItsKind(IList<object> metadata, string path)
    {
        var answers = new SortedDictionary<int, JsonObject>();
        if (Find<RequireApiKeyAttribute>() is { } key)
        {
            var token = Find<ReadableByTokenAttribute>() is not null;
            Add(401, token ? "No or wrong API key or read token" : "No or wrong API key", ApiKeyGate.Refusal, "WWW-Authenticate");
            Add(403, token ? "The key has not the scope, or the token is for something else" : "The key has not the scope",
                ApiKeyGate.NoScope(key.Scope));
        }
        if (Find<RequireWebhookSecretAttribute>() is not null)
        {
            Add(401, "The webhook's secret is missing or wrong", RequireWebhookSecretAttribute.Refusal);
            Add(403, "A web page of another site sent it", ForeignPages.Refusal);
        }
        if (path.Contains("recording_id", StringComparison.Ordinal)) Add(404, "Recording ID not found", "Recording not found");
        else if (path.Contains("contract_id", StringComparison.Ordinal)) Add(404, "There is no such contract", "Contract not found");
        else if (path.Contains("job_id", StringComparison.Ordinal)) Add(404, "There is no such job", "Job not found");
        else if (path.Contains("endpoint_id", StringComparison.Ordinal)) Add(404, "There is no such endpoint", "Endpoint not found");
        var isTyped = Find<ConsumesAttribute>() is not null;
        if (isTyped || Find<RequestSizeLimitAttribute>() is not null)
            Add(413, "The body is too large", ErrorAnswer.SentenceFor(413));
        if (isTyped) Add(415, "The body is of another type, or packed", ErrorAnswer.SentenceFor(415));
        Add(429, "Too many, in a second or at the same time", Throttle.Refusal,
            "Retry-After", "RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset");
        Add(422, "Invalid input; errors names the field", InvalidInput.WrongForm);
        if (Find<FailureSentenceAttribute>() is { } failure) Add(500, failure.Sentence, failure.Sentence, "traceparent");
        else
            Add(503, "The database cannot be reached: nothing was kept or read, send it again", ExceptionAnswers.DatabaseAway,
                "Retry-After", "traceparent");
        return answers;

        T? Find<T>() => metadata.OfType<T>().LastOrDefault();

        void Add(int status, string description, string detail, params string[] headers) => answers[status] = new JsonObject
        {
            ["description"] = description,
            ["detail"] = detail,
            ["headers"] = new JsonArray([.. headers.Select(header => JsonValue.Create(header))]),
        };
    }

    // What must be shown to be let in: each requirement in the list suffices, and an empty list asks for nothing.
    private static void DescribeDoor(OpenApiOperation operation, IList<object> metadata, Microsoft.OpenApi.OpenApiDocument document)
    {
        operation.Security = [];
        var words = new List<string>();
        if (metadata.OfType<RequireApiKeyAttribute>().LastOrDefault() is { } key)
            Add(SecuritySchemes.ApiKey, $"an API key with the scope {key.Scope.Name()}");
        if (metadata.OfType<ReadableByTokenAttribute>().LastOrDefault() is { } readable)
            Add(SecuritySchemes.ReadToken, $"a read token for this {JsonNamingPolicy.CamelCase.ConvertName($"{readable.Kind}")}");
        if (metadata.OfType<RequireWebhookSecretAttribute>().Any()) Add(SecuritySchemes.WebhookSecret, "one of the webhook's secrets");
        var door = words.Count == 0 ? "Open to everybody." : $"Asks for {string.Join(" or ", words)}.";
        operation.Description = $"{operation.Description}\n\n{door}".TrimStart();

        void Add(string scheme, string inWords)
        {
            operation.Security!.Add(new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(scheme, document)] = [] });
            words.Add(inWords);
        }
    }

    private static IEnumerable<string> HeadersOf(JsonObject answer) => answer["headers"]?.AsArray().Select(header => (string)header!) ?? [];

    private static Dictionary<string, IOpenApiMediaType> Error(string detail, string? field, IOpenApiSchema schema)
    {
        var body = new JsonObject { ["detail"] = field is null ? detail : $"{field}: {detail}" };
        if (field is not null) body["errors"] = new JsonObject { [field] = new JsonArray(detail) };
        return new()
        {
            ["application/json"] = new OpenApiMediaType { Schema = schema, Example = body },
            ["application/problem+json"] = new OpenApiMediaType { Schema = schema },
        };
    }

    // The generator knows the body's schema from the action; texts have none.
    private static Dictionary<string, IOpenApiMediaType> Success(JsonObject content, IOpenApiResponse? generated) => content.ToDictionary(
        media => media.Key,
        media => (IOpenApiMediaType)new OpenApiMediaType
        {
            Schema = SchemaOf(media.Key, generated?.Content),
            Examples = media.Value!.AsObject().ToDictionary(
                example => example.Key, example => (IOpenApiExample)new OpenApiExample { Value = Example(example.Value) }),
        });

    // An action that reads its body itself tells the generator nothing: its mark says which form it takes, or its examples what is in it.
    private static void DescribeRequest(OpenApiOperation operation, JsonObject examples, IOpenApiSchema? form)
    {
        var content = operation.RequestBody?.Content ?? new Dictionary<string, IOpenApiMediaType>();
        foreach (var media in content.Values.OfType<OpenApiMediaType>())
            if (media.Schema is OpenApiSchema { AllOf: [var body] }) media.Schema = body; // It is that body, and no other beside it.
        if (form is not null) content["multipart/form-data"] = new OpenApiMediaType { Schema = form };
        foreach (var (type, example) in examples)
            content[type] = new OpenApiMediaType { Schema = SchemaOf(type, content), Example = Example(example) };
        if (content.Count == 0) return;
        operation.RequestBody = new OpenApiRequestBody
        {
            Description = operation.RequestBody?.Description,
            Required = true,
            Content = content,
        };
    }

    private static IOpenApiSchema SchemaOf(string mediaType, IDictionary<string, IOpenApiMediaType>? generated) =>
        generated?.TryGetValue(mediaType, out var media) == true && media.Schema is { } schema ? schema
        : new OpenApiSchema { Type = mediaType == "application/json" ? JsonSchemaType.Object : JsonSchemaType.String };

    // "$name" stands for an example that several answers share.
    private static JsonNode? Example(JsonNode? value) =>
        (value is JsonValue text && (string?)text is ['$', ..] name ? Texts[name] : value)?.DeepClone();

    private static JsonObject Read()
    {
        using var file = typeof(DocumentedAnswers).Assembly.GetManifestResourceStream(typeof(DocumentedAnswers), "answers.json")!;
        return JsonNode.Parse(file)!.AsObject();
    }
}
