using Voice.Api.Controllers;
using Voice.Api.Security;
using Voice.Application.Recordings;

namespace Voice.Api.Status;

/// <summary>
/// Answers for a final recording that is held in memory, before routing, binding and the rest cost more than the answer itself
/// (docs/performance.md). Whatever else is asked goes the common way.
/// </summary>
internal sealed class FinalStatusShortcut(RequestDelegate next, IStatusCache cache, AuthSettings auth)
{
    private const string Prefix = RecordingsController.Route + "/";

    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (request.Path.Value is { } path && path.StartsWith(Prefix, StringComparison.Ordinal)
            && (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
            && !request.QueryString.HasValue && !request.Headers.ContainsKey("Prefer")
            && cache.Find(path[Prefix.Length..]) is { } status
            && ApiKeyHandler.Admits(request, auth))
            return StatusResult.WriteAsync(context, status);
        return next(context);
    }
}
