using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Voice.Api.Security;

namespace Voice.Api.Pages;

/// <summary>Marks the pages for people: nothing but what we serve ourselves runs on them, and their actions bind forms.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class ConsolePageAttribute : Attribute, IResourceFilter, IApiDescriptionVisibilityProvider
{
    /// <summary>It is for people only and no part of the API.</summary>
    public bool IgnoreApi { get; init; } = true;

    public void OnResourceExecuting(ResourceExecutingContext context)
    {
        Harden(context.HttpContext);
        // The API's actions read their bodies themselves, so it has none of these.
        context.ValueProviderFactories.Add(new FormValueProviderFactory());
    }

    public void OnResourceExecuted(ResourceExecutedContext context)
    {
    }

    /// <summary>Sends the headers of a page, and remembers the language that was asked for.</summary>
    public static void Harden(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = SecurityHeaders.PagePolicy;
        headers.CacheControl = "no-cache, no-store"; // Who signs out takes the pages along.
        headers.Pragma = "no-cache"; // As whoever writes tokens into forms wants it too.
        headers.Vary = "Accept-Language, Cookie";
        if (Texts.Languages.Contains(context.Request.Query[Texts.Name].ToString()))
            context.Response.Cookies.Append(Texts.Name, context.Request.Query[Texts.Name].ToString(), new()
            {
                IsEssential = true,
                HttpOnly = true,
                SameSite = SameSiteMode.Lax,
                MaxAge = TimeSpan.FromDays(365),
            });
    }
}
