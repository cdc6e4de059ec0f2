namespace Voice.Api.Binding;

/// <summary>Requests as they are meant, before anything reads them.</summary>
internal static class RequestsAsMeant
{
    /// <summary>
    /// HEAD wherever GET is: it is carried out as a GET, and the server sends no body. And + in an address is a + (RFC 3986), as in the
    /// phones, times and secrets that people paste there, not the space that it is in forms.
    /// </summary>
    public static void UseRequestsAsMeant(this WebApplication app) => app.Use((context, next) =>
    {
        var request = context.Request;
        if (HttpMethods.IsHead(request.Method))
        {
            context.Items[typeof(RequestsAsMeant)] = request.Method;
            request.Method = HttpMethods.Get;
        }
        if (request.QueryString.Value is { } query && query.Contains('+'))
            request.QueryString = new QueryString(query.Replace("+", "%2B", StringComparison.Ordinal));
        return next(context);
    });

    /// <summary>The caller wants the headers only.</summary>
    public static bool IsHead(this HttpRequest request) => request.HttpContext.Items.ContainsKey(typeof(RequestsAsMeant));
}
