using Microsoft.AspNetCore.Mvc.Filters;
using Voice.Api.Errors;
using Voice.Application.Webhooks;

namespace Voice.Api.Security;

/// <summary>
/// Admits callbacks that carry one of the configured secrets, in the path or as <c>?token=</c>: the provider signs nothing and can send
/// no header. Runs before the body is read, so nothing of a refused callback is kept.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class RequireWebhookSecretAttribute : Attribute, IAsyncResourceFilter
{
    public const string Refusal = "The webhook's secret is missing or wrong.";

    public async Task OnResourceExecutionAsync(ResourceExecutingContext context, ResourceExecutionDelegate next)
    {
        var request = context.HttpContext.Request;
        var secrets = request.HttpContext.RequestServices.GetRequiredService<WebhookSettings>().Secrets;
        var token = request.RouteValues["token"] as string ?? request.Query["token"].ToString();
        if (secrets.Count == 0 || Secret.IsOneOf(token, secrets)) await next();
        else
        {
            context.Result = new Microsoft.AspNetCore.Mvc.EmptyResult();
            await ErrorAnswer.WriteAsync(context.HttpContext, StatusCodes.Status401Unauthorized, Refusal);
        }
    }
}
