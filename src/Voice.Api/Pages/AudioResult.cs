using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using Voice.Application.Contracts;

namespace Voice.Api.Pages;

/// <summary>Answers with audio that a player can seek in (RFC 9110, section 14), and throws the file away afterwards.</summary>
internal sealed class AudioResult(AudioFile audio) : IActionResult
{
    public Task ExecuteResultAsync(ActionContext context)
    {
        context.HttpContext.Response.RegisterForDispose(audio);
        // It never changes: who has it need not ask again when seeking.
        context.HttpContext.Response.Headers.CacheControl = "private, max-age=86400";
        return new PhysicalFileResult(audio.Path, "audio/mpeg")
        {
            EnableRangeProcessing = true,
            EntityTag = new EntityTagHeaderValue($"\"{audio.Sha256}\""),
        }.ExecuteResultAsync(context);
    }
}
