using System.Globalization;
using System.Threading.RateLimiting;
using Voice.Api.Errors;
using Voice.Api.Status;
using Voice.Application;

namespace Voice.Api.Security;

/// <summary>Lets no caller take more than its share: so many requests in a second, and so many answers held at the same time.</summary>
internal sealed class Throttle(RequestDelegate next, Limits limits) : IDisposable
{
    public const string Refusal = "Too many requests. Wait as long as Retry-After says, then go on more slowly.";
    private const string RefusalToHold = "Too many requests are being held at the same time. Let some of them end first.";

    private readonly string _limit = limits.RequestsPerSecond.ToString(CultureInfo.InvariantCulture);

    private readonly PartitionedRateLimiter<HttpContext> _requests = PartitionedRateLimiter.Create<HttpContext, string>(
        context => RateLimitPartition.GetTokenBucketLimiter(context.CallerName(), _ => new()
        {
            TokenLimit = 2 * limits.RequestsPerSecond,
            TokensPerPeriod = limits.RequestsPerSecond,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
        }));

    private readonly PartitionedRateLimiter<HttpContext> _held = PartitionedRateLimiter.CreateChained(
        PartitionedRateLimiter.Create<HttpContext, string>(context => AtOnce(context.CallerName(), limits.HeldPerCaller)),
        PartitionedRateLimiter.Create<HttpContext, string>(_ => AtOnce("all", limits.Held)));

    public Task InvokeAsync(HttpContext context)
    {
        if (ProbeAttribute.IsOn(context)) return next(context); // Whoever shares its address with a flood must still be seen to be well.
        var isAdmitted = _requests.AttemptAcquire(context).IsAcquired; // Nothing is given back when the request ends.
        var endpoint = context.GetEndpoint()?.Metadata;
        // Status reads are too many for more than they need.
        if (!isAdmitted || endpoint?.GetMetadata<PlainReadAttribute>() is null) TellLimit(context);
        if (!isAdmitted) return RefuseAsync(context, Refusal, "1");
        return endpoint?.GetMetadata<HoldsAttribute>() is { } holds && (holds.Always || AsksToWait(context.Request))
            ? HoldAsync(context)
            : next(context);
    }

    public void Dispose()
    {
        _requests.Dispose();
        _held.Dispose();
    }

    private async Task HoldAsync(HttpContext context)
    {
        using var held = _held.AttemptAcquire(context);
        if (!held.IsAcquired)
        {
            await RefuseAsync(context, RefusalToHold, ErrorAnswer.TryAgainAfter);
            return;
        }
        Telemetry.Held.Add(1);
        try
        {
            await next(context);
        }
        finally
        {
            Telemetry.Held.Add(-1);
        }
    }

    private void TellLimit(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers["RateLimit-Limit"] = _limit;
        headers["RateLimit-Remaining"] = $"{_requests.GetStatistics(context)?.CurrentAvailablePermits ?? 0}";
        headers["RateLimit-Reset"] = "1";
    }

    private static RateLimitPartition<string> AtOnce(string name, int most) =>
        RateLimitPartition.GetConcurrencyLimiter(name, _ => new() { PermitLimit = most });

    private static bool AsksToWait(HttpRequest request) => request.Query.ContainsKey("wait") || request.Headers.ContainsKey("Prefer");

    private static Task RefuseAsync(HttpContext context, string sentence, string retryAfter)
    {
        context.Response.Headers.RetryAfter = retryAfter;
        return ErrorAnswer.WriteAsync(context, StatusCodes.Status429TooManyRequests, sentence);
    }
}

/// <summary>Marks what may hold its answer: always, or where the caller asks to wait.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class HoldsAttribute : Attribute
{
    public bool Always { get; init; }
}
