using System.Text.Encodings.Web;
using Microsoft.Extensions.Logging.Console;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Voice.Api.Security;
using Voice.Application;
using Voice.Application.Access;

namespace Voice.Api;

/// <summary>
/// What the service tells those who watch it: its log, <c>/metrics</c>, and over OTLP metrics and traces where the usual environment
/// variables (OTEL_EXPORTER_OTLP_ENDPOINT, …) name somebody who collects them.
/// </summary>
internal static class Observability
{
    private const string DatabaseTime = "db.client.operation.duration"; // Npgsql's own.

    private static readonly string[] Endpoints =
        ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"];

    /// <summary>The log: for machines that collect it, except where a person watches.</summary>
    /// <param name="builder">Gets it.</param>
    /// <param name="isCommand">What is printed is what a command was asked for; the log goes beside it.</param>
    public static void AddLog(this WebApplicationBuilder builder, bool isCommand)
    {
        if (isCommand) builder.Services.Configure<ConsoleLoggerOptions>(log => log.LogToStandardErrorThreshold = LogLevel.Trace);
        if (builder.Environment.IsDevelopment()) return;
        builder.Logging.ClearProviders();
        builder.Logging.AddJsonConsole(json =>
        {
            json.UseUtcTimestamp = true;
            json.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
            json.JsonWriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        });
    }

    /// <summary>What is measured and traced.</summary>
    public static void AddObservability(this WebApplicationBuilder builder)
    {
        var isCollected = Endpoints.Any(name => !string.IsNullOrWhiteSpace(builder.Configuration[name]));
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.Clear().AddService("voice", serviceVersion: ProductVersion.Text)
                .AddTelemetrySdk().AddEnvironmentVariableDetector())
            .WithMetrics(metrics =>
            {
                metrics.AddMeter(Telemetry.Name, "System.Runtime", "Npgsql").AddView(Measured).AddPrometheusExporter();
                if (isCollected) metrics.AddOtlpExporter();
            });
        if (isCollected)
            telemetry.WithTracing(traces => traces.AddSource(Telemetry.Name, "Npgsql")
                .AddAspNetCoreInstrumentation(requests =>
                {
                    requests.Filter = context => !ProbePaths.Any(path => context.Request.Path.StartsWithSegments(path));
                    // The address may carry the webhook's secret; the route says enough.
                    requests.EnrichWithHttpRequest = (activity, _) => activity.SetTag("url.path", null).SetTag("url.query", null);
                })
                .AddHttpClientInstrumentation()
                .AddOtlpExporter());
    }

    public static void MapMetrics(this WebApplication app)
    {
        app.MapPrometheusScrapingEndpoint("/metrics").WithMetadata(new RequireApiKeyAttribute(Scope.Read), new ProbeAttribute());
        Telemetry.Begin();
    }

    private static readonly string[] ProbePaths = ["/health", "/metrics"];

    // Of the driver's measures only the time, and without the labels that name the server.
    private static MetricStreamConfiguration? Measured(System.Diagnostics.Metrics.Instrument instrument) =>
        instrument.Meter.Name != "Npgsql" ? null
        : instrument.Name != DatabaseTime ? MetricStreamConfiguration.Drop
        : new ExplicitBucketHistogramConfiguration
        {
            TagKeys = [],
            Boundaries = [.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 4],
        };
}
