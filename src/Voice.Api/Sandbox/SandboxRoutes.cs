using System.Text.Json;
using Voice.Api.Forms;
using Voice.Api.Security;
using Voice.Application.Access;
using Voice.Infrastructure.AfricasTalking.Sandbox;

namespace Voice.Api.Sandbox;

/// <summary>The provider's routes that the sandbox plays, absent when the real provider is used.</summary>
internal static class SandboxRoutes
{
    private static readonly JsonSerializerOptions TheProvidersNames = new();

    public static void MapSandbox(this WebApplication app)
    {
        if (app.Services.GetService<ISandbox>() is not { } sandbox) return;
        // Whoever reads the messages can sign for the parties.
        var routes = app.MapGroup(ISandbox.Path).ExcludeFromDescription().WithMetadata(new RequireApiKeyAttribute(Scope.Admin));
        routes.MapPost("/call", async (HttpRequest request, CancellationToken cancellationToken) =>
            Answer(await sandbox.TakeCallAsync(await FormReader.FieldsAsync(request, cancellationToken), cancellationToken)));
        routes.MapPost("/version1/messaging", async (HttpRequest request, CancellationToken cancellationToken) =>
            Answer(sandbox.TakeMessage(await FormReader.FieldsAsync(request, cancellationToken))));
        routes.MapGet("/recordings/{session}.mp3", () => Results.Stream(sandbox.OpenAudio(), "audio/mpeg", enableRangeProcessing: true))
            .WithMetadata(new RequireApiKeyAttribute(Scope.Read));
    }

    private static IResult Answer(SandboxAnswer answer) => answer.Body is string words
        ? Results.Text(words, statusCode: answer.Status)
        : Results.Json(answer.Body, TheProvidersNames, statusCode: answer.Status);
}
