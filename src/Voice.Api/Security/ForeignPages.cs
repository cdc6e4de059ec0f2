using Voice.Api.Errors;

namespace Voice.Api.Security;

/// <summary>
/// Refuses what a web page of another site sends. A form needs nobody's leave to be posted anywhere, from the browser of somebody who can
/// reach this service when the page's author cannot. Browsers say where a request comes from; the provider and programs say nothing.
/// </summary>
internal sealed class ForeignPages(RequestDelegate next, FrontEndOrigins frontEnds, WebhookSettings webhook)
{
    public const string Refusal = "A web page of another site may not send this; Cors:Origins names those that may.";
    private const string FetchSite = "Sec-Fetch-Site";

    public Task InvokeAsync(HttpContext context) =>
        IsSafe(context.Request.Method) || !IsForeign(context.Request)
            ? next(context)
            : ErrorAnswer.WriteAsync(context, StatusCodes.Status403Forbidden, Refusal);

    private static bool IsSafe(string method) => HttpMethods.IsGet(method) || HttpMethods.IsOptions(method);

    private bool IsForeign(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        var site = request.Headers[FetchSite].ToString();
        if (site is "same-origin" or "none" || (site.Length == 0 && origin.Length == 0)) return false;
        return origin.Length == 0 || !(IsOwn(origin, request) || frontEnds.Admits(origin));
    }

    // A proxy may have taken off the https.
    private bool IsOwn(string origin, HttpRequest request) => Uri.TryCreate(origin, UriKind.Absolute, out var page)
        && (page.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase)
            || page.Authority.Equals(webhook.PublicBaseUrl?.Authority, StringComparison.OrdinalIgnoreCase));
}
