using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace Voice.Api.Pages;

/// <summary>An error for people: what is told as JSON to programs is a page in a browser.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">One plain sentence.</param>
/// <param name="Errors">For invalid input: the sentences for each field.</param>
/// <param name="Trace">What the operator finds the log line by.</param>
internal sealed record ErrorPage(int Status, string Detail, IReadOnlyDictionary<string, string[]> Errors, string Trace)
{
    /// <summary>Writes it.</summary>
    public Task WriteAsync(HttpContext context)
    {
        ConsolePageAttribute.Harden(context);
        var services = context.RequestServices;
        var page = new ViewResult
        {
            ViewName = "/Views/Shared/Error.cshtml",
            StatusCode = Status,
            ViewData = new ViewDataDictionary<ErrorPage>(services.GetRequiredService<IModelMetadataProvider>(), new()) { Model = this },
        };
        var action = new ActionContext(context, context.GetRouteData(), new ActionDescriptor());
        return services.GetRequiredService<IActionResultExecutor<ViewResult>>().ExecuteAsync(action, page);
    }
}

/// <summary>Tells people from programs.</summary>
internal static class Readers
{
    /// <summary>Whether whoever asks is a browser that shows a page, and no script in it.</summary>
    public static bool WantsPage(this HttpRequest request) =>
        request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
}
