using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using Voice.Application.Contracts;

namespace Voice.Api.Pages;

/// <summary>Answers with audio that a player can seek in (RFC 9110, section 14), and throws the file away afterwards.</summary>
internal sealed class AudioResult(AudioFile audio) : IActionResult
{
    public async Task ExecuteResultAsync(ActionContext context)
    {
        var response = context.HttpContext.Response;
        response.RegisterForDispose(audio);
        // It never changes: who has it need not ask again when seeking.
        response.Headers.CacheControl = "private, max-age=86400";
        await new PhysicalFileResult(audio.Path, "audio/mpeg")
        {
            EnableRangeProcessing = true,
            EntityTag = new EntityTagHeaderValue($"\"{audio.Sha256}\""),
        }.ExecuteResultAsync(context);
        if (response.StatusCode != StatusCodes.Status416RangeNotSatisfiable) return;
        // It is told as every error is, where nothing is said of a body yet.
        (response.ContentType, response.ContentLength) = (null, null);
        response.Headers.CacheControl = default;
    }
}
