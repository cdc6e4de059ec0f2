namespace Voice.Api.Security;

/// <summary>What every answer tells browsers, whoever writes it.</summary>
internal static class SecurityHeaders
{
    /// <summary>For pages of our own: nothing inline, no foreign part, no frame around them.</summary>
    public const string PagePolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; "
        + "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private const string AYear = "max-age=31536000";

    public static void UseSecurityHeaders(this WebApplication app)
    {
        app.Use((context, next) =>
        {
            Set(context.Response);
            return next(context);
        });
        // On a developer's machine it would hold for every other service there.
        if (app.Environment.IsDevelopment()) return;
        app.Use((context, next) =>
        {
            // At the last moment: what a proxy says of the transport is read after this, and an error begins its answer anew.
            context.Response.OnStarting(static state => SetTransportAsync((HttpContext)state), context);
            return next(context);
        });
    }

    /// <summary>Sets them, and again where an error has begun its answer anew.</summary>
    public static void Set(HttpResponse response)
    {
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "same-origin"; // An address can carry a read token.
    }

    private static Task SetTransportAsync(HttpContext context)
    {
        if (context.Request.IsHttps) context.Response.Headers.StrictTransportSecurity = AYear;
        return Task.CompletedTask;
    }
}
