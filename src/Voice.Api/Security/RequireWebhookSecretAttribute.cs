using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.WebUtilities;
using Voice.Api.Controllers;
using Voice.Api.Errors;

namespace Voice.Api.Security;

/// <summary>
/// Admits callbacks that carry one of the configured secrets, in the path or as <c>?token=</c>: the provider signs nothing and can send
/// no header. Runs before the body is read, so nothing of a refused callback is kept.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class RequireWebhookSecretAttribute : Attribute, IAsyncResourceFilter
{
    public const string Refusal = "The webhook's secret is missing or wrong.";

    /// <summary>The paths behind which a secret may stand.</summary>
    public static readonly string[] Doors = [WebhookController.Path, SmsController.Path];

    public async Task OnResourceExecutionAsync(ResourceExecutingContext context, ResourceExecutionDelegate next)
    {
        var secrets = context.HttpContext.RequestServices.GetRequiredService<WebhookSettings>().Secrets;
        if (secrets.Count == 0 || Tokens(context.HttpContext.Request).Any(token => Secret.IsOneOf(token, secrets)))
        {
            await next();
            return;
        }
        context.Result = new EmptyResult();
        await ErrorAnswer.WriteAsync(context.HttpContext, StatusCodes.Status401Unauthorized, Refusal);
    }

    // Random secrets have + and / in them. Who pastes one into an address as it is means these signs, not a space and a folder.
    private static IEnumerable<string> Tokens(HttpRequest request)
    {
        if (request.RouteValues["token"] is string path)
        {
            yield return path;
            yield return path.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase); // The one sign that the server leaves escaped.
        }
        foreach (var pair in new QueryStringEnumerable(request.QueryString.Value))
        {
            if (!pair.DecodeName().Span.SequenceEqual("token")) continue;
            yield return pair.DecodeValue().ToString();
            yield return Uri.UnescapeDataString(pair.EncodedValue.ToString());
        }
    }
}
