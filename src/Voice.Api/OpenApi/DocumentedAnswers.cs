using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;
using Voice.Api.Controllers;
using Voice.Api.Errors;
using Voice.Application.Contracts;
using Voice.Application.Jobs;
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

    private const string Terms =
        """{"product":"maize","quantity":200,"unit":"bag","unit_price":3200,"total_amount":640000,"currency":"KES","delivery_location":"Nakuru","delivery_date":"2027-03-15","quality_requirements":["dry","clean"],"upfront_payment":192000,"payment_terms":"rest on delivery"}""";

    private const string Contract =
        $$$"""{"contract_id":"ctr_mwqnvf3xunru","transcript":"good morning mary i want to buy two hundred bags of maize …","terms":{{{Terms}}},"contract_hash":"e63aab701db96267aaf3e07615b8820003d89494cce377fcc8813592a2f9311c","contract_summary":"200 bags of maize; KES 3,200 per bag; total KES 640,000.","processing_status":"completed","confidence_score":0.8,"created_at":"2026-11-22T21:50:17.630Z","evidence":{"quantity":{"quote":"two hundred bags","start":32,"end":48,"at_seconds":2.14,"confidence":0.98,"disputed":false,"alternatives":[]}},"parties":[{"phone":"+254712345678","role":"buyer","name":"John Kamau"},{"phone":"+254787654321","role":"seller","name":null}],"contract_type":"agricultural_supply","recording_id":"conf_1234567890","audio_sha256":"2501dd596a50bd490ea64643b7e9df0bb052933590d3f027f26c1acb1a707eb1"}""";

    // The contract's members, and two more.
    private static readonly string View =
        Contract[..^1] + ""","status":"pending","confirmations":[{"phone":"+254712345678","decision":"confirmed","message":"accepted"},{"phone":"+254787654321","decision":null,"message":"accepted"}]}""";

    private const string Job = """{"job_id":"job_be15bb36caddb3d6ee9efd2b","status":"completed","contract_id":"ctr_mwqnvf3xunru","failure":null,"created_at":"2026-11-22T21:56:22.562Z"}""";

    private static readonly Answer ContractNotFound = new(404, "There is no such contract", typeof(ErrorBody), """{"detail":"Contract not found"}""");

    private static readonly Answer[] Processed =
    [
        new(200, "The contract", typeof(ContractBody), Contract),
        new(202, "Accepted with Prefer: respond-async; poll the address in Location", typeof(JobBody),
            """{"job_id":"job_be15bb36caddb3d6ee9efd2b","status":"queued","contract_id":null,"failure":null,"created_at":"2026-11-22T21:56:22.562Z"}""",
            "Location", "Retry-After", "Preference-Applied"),
        Unauthorized,
        new(415, "The body is of another type", typeof(ErrorBody), """{"detail":"This address does not take that Content-Type."}"""),
        new(422, "Invalid input, or audio that cannot be fetched, is too large (50 MB), too long (20 min) or is none", typeof(ErrorBody),
            """{"detail":"audio_url: Audio is not fetched from that host (Audio:Hosts).","errors":{"audio_url":["Audio is not fetched from that host (Audio:Hosts)."]}}"""),
        new(503, "No speech engine, or the database cannot be reached", typeof(ErrorBody),
            """{"detail":"No speech engine is installed. On Debian: apt-get install libpocketsphinx3 pocketsphinx-en-us; or set Transcription:Engine to openai and Transcription:BaseUrl."}""",
            "Retry-After", "traceparent"),
    ];

    private static readonly Dictionary<string, Answer[]> Answers = new()
    {
        [nameof(ProcessingController.Process)] =
        [
            .. Processed,
            new(404, "There is no such recording", typeof(ErrorBody), """{"detail":"Recording not found"}"""),
            new(409, "The recording is not completed", typeof(ErrorBody), """{"detail":"This recording is processing: only a completed one can be processed."}"""),
        ],
        [nameof(ProcessingController.Upload)] = Processed,
        [nameof(ProcessingController.GetJob)] =
        [
            new(200, "The job; Location names the contract once it is completed", typeof(JobBody), Job, "Location", "Retry-After"),
            Unauthorized,
            new(404, "There is no such job", typeof(ErrorBody), """{"detail":"Job not found"}"""),
            DatabaseAway,
        ],
        [nameof(ContractsController.SendCode)] = [new(200, "It is on its way", typeof(ContractBody), View), Unauthorized, ContractNotFound, DatabaseAway],
        [nameof(ContractsController.GetContract)] = [new(200, "The contract and what its parties said to it", typeof(ContractBody), View), Unauthorized, ContractNotFound, DatabaseAway],
        [nameof(ContractsController.GetCanonical)] = [new(200, "The canonical JSON", typeof(object), Contract), Unauthorized, ContractNotFound, DatabaseAway],
        [nameof(ContractsController.GetDocument)] = [new(200, "A page to read and to print", typeof(string), "<!doctype html>…") { MediaType = "text/html" }, Unauthorized, ContractNotFound, DatabaseAway],
        [nameof(ContractsController.Confirm)] =
        [
            new(200, "Noted", typeof(ContractBody), View),
            Unauthorized,
            ContractNotFound,
            new(409, "There is nothing to decide any more, or there were five wrong codes", typeof(ErrorBody), """{"detail":"This party has confirmed the contract already."}"""),
            new(422, "No party, or a wrong code", typeof(ErrorBody),
                """{"detail":"code: This is not the code that was sent to this number; 4 attempts are left.","errors":{"code":["This is not the code that was sent to this number; 4 attempts are left."]}}"""),
            DatabaseAway,
        ],
        [nameof(SmsController.ReceiveSms)] =
        [
            new(200, "confirmed, rejected, or ignored", typeof(SmsBody), """{"status":"confirmed"}"""),
            new(401, "The webhook's secret is missing or wrong", typeof(ErrorBody), """{"detail":"The webhook's secret is missing or wrong."}"""),
            DatabaseAway,
        ],
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
        ["Location"] = "Address to poll, or of what came of it",
        ["Retry-After"] = "Seconds to wait before asking again",
        [ConferencesController.ReplayedHeader] = "true when this answers a repeated request",
        ["ETag"] = "Strong tag of the body; it changes exactly when the body does",
        ["Cache-Control"] = "private, no-cache",
        ["Preference-Applied"] = "wait=N or respond-async when Prefer was used",
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
        if (context.MethodInfo.Name == nameof(ProcessingController.Upload)) DescribeUpload(operation);
        if (context.MethodInfo.Name == nameof(SmsController.ReceiveSms))
            operation.RequestBody = new OpenApiRequestBody { Required = true, Content = new Dictionary<string, IOpenApiMediaType> { [Form] = Text("from=%2B254712345678&text=YES-ctr_mwqnvf3xunru%20459354") } };
    }

    private static Dictionary<string, IOpenApiMediaType> Content(Answer answer, OperationFilterContext context)
    {
        if (answer.Body is null) return [];
        if (answer.Body == typeof(string)) return new() { [answer.MediaType ?? EventStream] = Text(answer.Example) };
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

    private static void DescribeUpload(OpenApiOperation operation) => operation.RequestBody = new OpenApiRequestBody
    {
        Required = true,
        Content = new Dictionary<string, IOpenApiMediaType>
        {
            ["multipart/form-data"] = new OpenApiMediaType
            {
                Schema = new OpenApiSchema
                {
                    Type = JsonSchemaType.Object,
                    Required = new HashSet<string> { "file", "parties" },
                    Properties = new Dictionary<string, IOpenApiSchema>
                    {
                        ["file"] = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary", Description = "wav, mp3, m4a, ogg or flac; at most 50 MB and 20 minutes" },
                        ["parties"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = """JSON: [{"phone":"+254712345678","role":"buyer"},{"phone":"+254787654321","role":"seller"}]""" },
                        ["contract_type"] = new OpenApiSchema { Type = JsonSchemaType.String },
                    },
                },
            },
        },
    };

    private static OpenApiMediaType Text(string example) =>
        new() { Schema = new OpenApiSchema { Type = JsonSchemaType.String }, Example = JsonValue.Create(example) };

    private sealed record Answer(int Status, string Description, Type? Body, string Example, params string[] Headers)
    {
        public Dictionary<string, string> Others { get; init; } = [];

        public string? MediaType { get; init; }
    }
}
