using System.Collections.Concurrent;

namespace Voice.Api.Security;

/// <summary>
/// Which front-ends may call from a browser: those of <c>Cors:Origins</c> and, in Development, whatever this machine serves.
/// </summary>
internal sealed partial class FrontEndOrigins(CorsSettings settings, bool isDevelopment, ILogger<FrontEndOrigins> logger)
{
    private const int MostTold = 100;
    private readonly ConcurrentDictionary<string, bool> _told = new();

    public bool Admits(string origin)
    {
        if (settings.Origins.Contains(origin, StringComparer.OrdinalIgnoreCase) || (isDevelopment && IsThisMachine(origin))) return true;
        // Once for each, so that a page that keeps calling does not fill the log.
        if (_told.Count < MostTold && _told.TryAdd(origin, true)) LogRefused(origin);
        return false;
    }

    private static bool IsThisMachine(string origin) => Uri.TryCreate(origin, UriKind.Absolute, out var address) && address.IsLoopback;

    [LoggerMessage(Level = LogLevel.Warning, Message = "A page of {Origin} may not call from a browser: Cors:Origins does not name it.")]
    private partial void LogRefused(string origin);
}

/// <summary>Puts them in force.</summary>
internal static class FrontEndOriginsRegistration
{
    public static void AddFrontEndOrigins(this IServiceCollection services, CorsSettings settings, bool isDevelopment)
    {
        services.AddSingleton(services =>
            new FrontEndOrigins(settings, isDevelopment, services.GetRequiredService<ILogger<FrontEndOrigins>>()));
        services.AddCors();
        services.AddOptions<Microsoft.AspNetCore.Cors.Infrastructure.CorsOptions>().Configure<FrontEndOrigins>((options, origins) =>
            options.AddDefaultPolicy(policy => policy.SetIsOriginAllowed(origins.Admits).AllowAnyHeader().AllowAnyMethod()
                .WithExposedHeaders(
                    "ETag", "Link", "Location", "Retry-After", "Idempotent-Replayed", "Preference-Applied", "traceparent")));
    }
}
