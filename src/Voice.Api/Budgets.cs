using Microsoft.AspNetCore.Http.Timeouts;
using Voice.Api.Errors;

namespace Voice.Api;

/// <summary>How long a request may take: what takes longer is answered 503, so that nobody waits on something that hangs.</summary>
internal static partial class Budgets
{
    /// <summary>For the provider's callbacks.</summary>
    public const string Callback = "callback";

    private const string Sentence = "This took too long, so it was given up. Try again shortly.";

    public static void AddBudgets(this IServiceCollection services) => services.AddRequestTimeouts(budgets =>
    {
        budgets.DefaultPolicy = Of(30);
        budgets.AddPolicy(Callback, Of(5));
    });

    private static RequestTimeoutPolicy Of(int seconds) => new()
    {
        Timeout = TimeSpan.FromSeconds(seconds),
        WriteTimeoutResponse = async context =>
        {
            var logger = context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(Budgets));
            LogGivenUp(logger, context.Request.Method, context.GetEndpoint()?.DisplayName, RequestTrace.Of(context).TraceId.ToString());
            context.Response.Headers.RetryAfter = ErrorAnswer.TryAgainAfter;
            await ErrorAnswer.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, Sentence);
        },
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Route} took too long and was given up, trace {TraceId}.")]
    private static partial void LogGivenUp(ILogger logger, string method, string? route, string traceId);
}
