using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;
using Voice.Api.Controllers;
using Voice.Api.Errors;
using Voice.Application.Recordings;

namespace Voice.Api.OpenApi;

/// <summary>Every answer of every route, with its headers and an example.</summary>
internal sealed class DocumentedAnswers : IOperationFilter
{
    private const string Json = "application/json";
    private const string Problem = "application/problem+json";
    private const string Xml = "application/xml";
    private const string EventStream = "text/event-stream";
    private const string Form = "application/x-www-form-urlencoded";

    private static readonly Answer InvalidParty = new(422, "Invalid input; errors names the field", typeof(ErrorBody),
        """{"detail":"parties[1]: No phone number of this length exists in that country.","errors":{"parties[1]":["No phone number of this length exists in that country."]}}""");

    private static readonly Answer Unauthorized = new(401, "No or wrong API key", typeof(ErrorBody), """{"detail":"Send a valid API key as Authorization: Bearer <key>."}""");

    private static readonly Answer NotFound = new(404, "Recording ID not found", typeof(ErrorBody), """{"detail":"Recording not found"}""");

    private static readonly Answer QueryFailed = new(
        500, "Failed to query recording status", typeof(ErrorBody), """{"detail":"Failed to query recording status"}""", "traceparent");

    private static readonly Answer DatabaseAway = new(503, "The database cannot be reached: nothing was kept or read, send it again", typeof(ErrorBody),
        """{"detail":"The database cannot be reached at the moment. Try again shortly."}""", "Retry-After", "traceparent");

    private static readonly Dictionary<string, Answer[]> Answers = new()
    {
        [nameof(RecordingsController.GetStatus)] =
        [
            new(200, "Recording found and status returned", typeof(RecordingStatusBody),
                """{"recording_id":"conf_1234567890","status":"completed","duration":342,"recording_url":"https://voice.africastalking.com/recording/abc123def456","created_at":"2024-01-15T10:00:00.000Z","processed_at":"2024-01-15T10:05:42.000Z"}""",
                "ETag", "Cache-Control", "Retry-After", "Preference-Applied")
            {
                Others = new()
                {
                    ["In progress"] = """{"recording_id":"conf_1234567890","status":"recording","duration":null,"recording_url":null,"created_at":"2024-01-15T10:00:00.000Z","processed_at":null}""",
                    ["Failed"] = """{"recording_id":"conf_1234567890","status":"failed","duration":null,"recording_url":null,"created_at":"2024-01-15T10:00:00.000Z","processed_at":null,"failure":{"code":"no_answer","message":"The first party did not answer. Agree on a time and try again."}}""",
                },
            },
            new(304, "The body that you have still fits", null, "", "ETag", "Cache-Control", "Retry-After", "Preference-Applied"),
            Unauthorized,
            NotFound,
            new(422, "Invalid wait", typeof(ErrorBody),
                """{"detail":"wait: The time to wait is a whole number of seconds, 0 to 60.","errors":{"wait":["The time to wait is a whole number of seconds, 0 to 60."]}}"""),
            QueryFailed,
        ],
        [nameof(RecordingsController.StreamStatus)] =
        [
            new(200, "A stream of events until the status is final", typeof(string),
                "event: status\nid: 3\ndata: {\"recording_id\":\"conf_1234567890\",\"status\":\"processing\",\"duration\":342,\"recording_url\":null,\"created_at\":\"2024-01-15T10:00:00.000Z\",\"processed_at\":null}\n\n"),
            new(204, "The last event that you have was final", null, ""),
            Unauthorized,
            NotFound,
            QueryFailed,
        ],
        [nameof(RecordingsController.List)] =
        [
            new(200, "A page of recordings, newest first", typeof(RecordingPage),
                """{"items":[{"recording_id":"conf_1234567890","status":"recording","duration":null,"recording_url":null,"created_at":"2024-01-15T10:00:00.000Z","processed_at":null}],"next_cursor":"MTcwNTMxMjgwMDAwMDpjb25mXzEyMzQ1Njc4OTA"}"""),
            Unauthorized,
            new(422, "Invalid filter; errors names it", typeof(ErrorBody), """{"detail":"limit: The limit must be 1 to 100.","errors":{"limit":["The limit must be 1 to 100."]}}"""),
            DatabaseAway,
        ],
        [nameof(RecordingsController.GetTimeline)] =
        [
            new(200, "Everything that happened, oldest first", typeof(TimelineBody),
                """{"recording_id":"conf_1234567890","parties":[{"phone":"+2547…678","state":"bridged"},{"phone":"+2547…321","state":"bridged"}],"entries":[{"at":"2024-01-15T10:00:00.000Z","kind":"created","detail":"Conference for 2 parties about agricultural_supply"}]}"""),
            Unauthorized,
            NotFound,
            DatabaseAway,
        ],
        [nameof(ConferencesController.Create)] =
        [
            new(200, "The call is being placed", typeof(ConferenceBody),
                """{"conference_id":"conf_1234567890","recording_url":null,"status":"active","webhook_url":"http://localhost:8000/api/v1/voice/webhook","parties":["+254712345678","+254787654321"]}""",
                "Location", ConferencesController.ReplayedHeader),
            Unauthorized,
            new(409, "The first request with this Idempotency-Key is still running", typeof(ErrorBody),
                """{"detail":"The first request with this Idempotency-Key is still running. Ask again in a few seconds."}"""),
            new(413, "The body is too large", typeof(ErrorBody), """{"detail":"The body is too large."}"""),
            new(415, "The body is not JSON", typeof(ErrorBody), """{"detail":"This address does not take that Content-Type."}"""),
            InvalidParty,
            new(502, "The provider refused or answered nonsense; the recording tells why", typeof(ErrorBody),
                """{"detail":"Africa's Talking refused the call: the account has not enough credit"}""", "Location", ConferencesController.ReplayedHeader),
            new(503, "The database or the provider cannot be reached", typeof(ErrorBody),
                """{"detail":"Africa's Talking could not be reached, so nobody was called. Try again in a few minutes."}""",
                "Retry-After", "Location", ConferencesController.ReplayedHeader, "traceparent"),
        ],
        [nameof(WebhookController.Receive)] =
        [
            new(200, "Kept and applied: call actions as XML while the call is running, a confirmation once it is over", typeof(WebhookBody),
                """{"status":"webhook_processed","session_id":"ATVId_d975fb98317557654018addf8f6cb396"}"""),
            new(401, "The webhook's secret is missing or wrong", typeof(ErrorBody), """{"detail":"The webhook's secret is missing or wrong."}"""),
            new(413, "The body is too large", typeof(ErrorBody), """{"detail":"The body is too large."}"""),
            new(415, "The body is neither form nor JSON", typeof(ErrorBody), """{"detail":"This address does not take that Content-Type."}"""),
            new(422, "Unreadable; kept all the same", typeof(ErrorBody),
                """{"detail":"duration: A duration is a whole number of seconds, 0 or more.","errors":{"duration":["A duration is a whole number of seconds, 0 or more."]}}"""),
            DatabaseAway,
        ],
    };

    private static readonly Dictionary<string, string> Headers = new()
    {
        ["Location"] = "Address of the recording's status",
        ["Retry-After"] = "Seconds to wait before asking again",
        [ConferencesController.ReplayedHeader] = "true when this answers a repeated request",
        ["ETag"] = "Strong tag of the body; it changes exactly when the body does",
        ["Cache-Control"] = "private, no-cache",
        ["Preference-Applied"] = "wait=N when Prefer was used",
        ["traceparent"] = "W3C trace context, for the operator to find the log line",
    };

    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        operation.Responses = [];
        foreach (var answer in Answers[context.MethodInfo.Name])
            operation.Responses[$"{answer.Status}"] = new OpenApiResponse
            {
                Description = answer.Description,
                Headers = answer.Headers.ToDictionary(name => name, name => (IOpenApiHeader)new OpenApiHeader
                {
                    Description = Headers[name],
                    Schema = new OpenApiSchema { Type = JsonSchemaType.String },
                }),
                Content = Content(answer, context),
            };
        if (context.MethodInfo.Name == nameof(ConferencesController.Create)) DescribeCreate(operation);
        if (context.MethodInfo.Name == nameof(WebhookController.Receive)) DescribeWebhook(operation);
    }

    private static Dictionary<string, IOpenApiMediaType> Content(Answer answer, OperationFilterContext context)
    {
        if (answer.Body is null) return [];
        if (answer.Body == typeof(string)) return new() { [EventStream] = Text(answer.Example) };
        var schema = context.SchemaGenerator.GenerateSchema(answer.Body, context.SchemaRepository);
        var content = new Dictionary<string, IOpenApiMediaType>
        {
            [Json] = new OpenApiMediaType
            {
                Schema = schema,
                Examples = answer.Others.Prepend(new(answer.Description, answer.Example)).ToDictionary(
                    example => example.Key, example => (IOpenApiExample)new OpenApiExample { Value = JsonNode.Parse(example.Value) }),
            },
        };
        if (answer.Status >= 400)
            content[Problem] = new OpenApiMediaType { Schema = schema };
        else if (answer.Body == typeof(WebhookBody))
            content[Xml] = Text("""<?xml version="1.0" encoding="UTF-8"?><Response><Say>…</Say><Dial record="true" sequential="true" phoneNumbers="+254787654321" maxDuration="1200"/></Response>""");
        return content;
    }

    private static void DescribeCreate(OpenApiOperation operation)
    {
        if (operation.RequestBody?.Content?[Json] is OpenApiMediaType body)
            body.Example = JsonNode.Parse("""{"parties":["+254712345678","+254787654321"],"contract_type":"agricultural_supply","expected_duration":600}""");
    }

    // The action reads the raw body itself, so nothing but this says what is in it.
    private static void DescribeWebhook(OpenApiOperation operation) => operation.RequestBody = new OpenApiRequestBody
    {
        Required = true,
        Content = new Dictionary<string, IOpenApiMediaType>
        {
            [Form] = Text("callSessionState=Answered&sessionId=ATVId_11163e2ea9a58f3a7999fecda8eeb43a&isActive=1&callStartTime=2021-10-13%2B19%3A10%3A16&direction=Outbound&destinationNumber=%2B256312340647&callerNumber=%2B256712349081"),
            [Json] = new OpenApiMediaType
            {
                Schema = new OpenApiSchema { Type = JsonSchemaType.Object },
                Example = JsonNode.Parse("""{"sessionId":"conf_1234567890","status":"completed","duration":342,"recordingUrl":"https://voice.africastalking.com/recording/abc123def456"}"""),
            },
        },
    };

    private static OpenApiMediaType Text(string example) =>
        new() { Schema = new OpenApiSchema { Type = JsonSchemaType.String }, Example = JsonValue.Create(example) };

    private sealed record Answer(int Status, string Description, Type? Body, string Example, params string[] Headers)
    {
        public Dictionary<string, string> Others { get; init; } = [];
    }
}
