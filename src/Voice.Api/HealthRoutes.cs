using Voice.Api.Security;
using Voice.Application;
using Voice.Infrastructure;

namespace Voice.Api;

/// <summary>
/// How the service is, for whoever starts, watches or balances it, without a key. Live: the process answers. Ready: it is of use, each
/// check with its reason.
/// </summary>
internal static class HealthRoutes
{
    public static void AddHealth(this WebApplicationBuilder builder)
    {
        builder.AddDraining(builder.Configuration.Read<ShutdownSettings>("Shutdown"));
        builder.Services.AddSingleton<Readiness>();
    }

    public static void MapHealth(this WebApplication app)
    {
        app.MapGet("/health/live", () => new LiveBody("live", ProductVersion.Text)).AsProbe();
        app.MapGet("/health/ready", async (Readiness readiness) =>
        {
            var body = await readiness.LookAsync();
            var status = body.Status == ReadyBody.NotReady ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
            return Results.Json(body, JsonRules.Options, statusCode: status);
        }).AsProbe();
    }

    private static void AsProbe(this RouteHandlerBuilder route) => route.WithMetadata(new ProbeAttribute()).ExcludeFromDescription();

    private sealed record LiveBody(string Status, string Version);
}
