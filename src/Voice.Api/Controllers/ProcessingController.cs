using MediatR;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Mvc;
using Voice.Api.Contracts;
using Voice.Api.Security;
using Voice.Api.Status;
using Voice.Application.Access;
using Voice.Application.Contracts;
using Voice.Application.Jobs;

namespace Voice.Api.Controllers;

/// <summary>Processing: from audio to a contract. The work is a job that outlives its caller, who waits for it or polls it.</summary>
[ApiController]
[RequireApiKey(Scope.Process)]
[Route(VoiceRoute)]
[Produces("application/json")]
public sealed class ProcessingController(IMediator mediator) : ControllerBase
{
    private const string VoiceRoute = "/api/v1/voice";

    /// <summary>Process a recording</summary>
    /// <remarks>
    /// Turns the audio into a contract: transcript, terms with the words they were read from, a hash, a summary. The same audio with the
    /// same parties gives the same contract again; who lost the connection sends the same request again and waits for the same job. With
    /// Prefer: respond-async the answer is 202 and the address of the job to poll.
    /// </remarks>
    /// <param name="request">Which audio, who talked, about what.</param>
    /// <param name="prefer">respond-async (RFC 7240): do not wait for it.</param>
    /// <param name="cancellationToken">The caller hung up.</param>
    [HttpPost("process")]
    [Holds(Always = true)]
    [DisableRequestTimeout] // The job that is waited for has its own.
    [Consumes("application/json")]
    [ProducesResponseType<ContractBody>(StatusCodes.Status200OK)]
    [ProducesResponseType<JobBody>(StatusCodes.Status202Accepted)]
    public async Task<IActionResult> ProcessRecording(
        ProcessRecording request, [FromHeader(Name = "Prefer")] string? prefer, CancellationToken cancellationToken) =>
        await AnswerAsync(await mediator.Send(request.By(HttpContext.CallerName()), cancellationToken), prefer, cancellationToken);

    /// <summary>Upload and process audio</summary>
    /// <remarks>The same for audio of your own: multipart/form-data with file, parties (JSON) and contract_type.</remarks>
    /// <param name="prefer">respond-async (RFC 7240): do not wait for it.</param>
    /// <param name="cancellationToken">The caller hung up.</param>
    [HttpPost("upload")]
    [Holds(Always = true)]
    [DisableRequestTimeout]
    [Consumes(typeof(ProcessUpload), "multipart/form-data")]
    [RequestSizeLimit(UploadForm.Largest)]
    [ProducesResponseType<ContractBody>(StatusCodes.Status200OK)]
    [ProducesResponseType<JobBody>(StatusCodes.Status202Accepted)]
    public async Task<IActionResult> UploadRecording([FromHeader(Name = "Prefer")] string? prefer, CancellationToken cancellationToken)
    {
        var upload = await HttpContext.RequestServices.GetRequiredService<UploadForm>().ReadAsync(Request, cancellationToken);
        return await AnswerAsync(await mediator.Send(upload.By(HttpContext.CallerName()), cancellationToken), prefer, cancellationToken);
    }

    /// <summary>Get processing job</summary>
    /// <param name="jobId">The job that respond-async named.</param>
    /// <param name="cancellationToken">The caller hung up.</param>
    [HttpGet("process/{job_id}")]
    public async Task<JobBody> GetJob([FromRoute(Name = "job_id")] string jobId, CancellationToken cancellationToken)
    {
        var job = await mediator.Send(new GetJob(jobId), cancellationToken);
        if (job.ContractId is { } contractId) Response.Headers.Location = ContractsController.AddressOf(contractId);
        else if (job.Failure is null) Response.Headers.RetryAfter = "2";
        return job;
    }

    private async Task<IActionResult> AnswerAsync(JobBody job, string? prefer, CancellationToken cancellationToken)
    {
        if (!Preferences.Read(prefer).RespondAsync) return Ok(await mediator.Send(new AwaitContract(job.JobId), cancellationToken));
        Response.Headers["Preference-Applied"] = Preferences.RespondAsyncName;
        Response.Headers.RetryAfter = "2";
        return Accepted($"{VoiceRoute}/process/{job.JobId}", job);
    }
}
