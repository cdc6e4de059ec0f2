using MediatR;
using Microsoft.AspNetCore.Mvc;
using Voice.Api.Contracts;
using Voice.Api.Security;
using Voice.Application.Contracts;

namespace Voice.Api.Controllers;

/// <summary>Contracts: what a recording came to.</summary>
[ApiController]
[RequireApiKey]
[Produces("application/json")]
public sealed class ContractsController(IMediator mediator) : ControllerBase
{
    internal const string VoiceRoute = "/api/v1/voice";
    internal const string ContractsRoute = "/api/v1/contracts";

    /// <summary>Process a recording</summary>
    /// <remarks>
    /// Turns the audio into a contract: transcript, terms with the words they were read from, a hash, a summary. The same audio with the same
    /// parties gives the same contract again. With Prefer: respond-async the answer is 202 and the address of a job to poll.
    /// </remarks>
    /// <param name="request">Which audio, who talked, about what.</param>
    /// <param name="prefer">respond-async (RFC 7240): do not wait for it.</param>
    /// <param name="cancellationToken">The caller hung up.</param>
    [HttpPost(VoiceRoute + "/process")]
    [Consumes("application/json")]
    public Task<IActionResult> Process(ProcessRecording request, [FromHeader(Name = "Prefer")] string? prefer, CancellationToken cancellationToken) =>
        AnswerAsync(new JobRequest(Recording: request), prefer, cancellationToken);

    /// <summary>Upload and process audio</summary>
    /// <remarks>The same for audio of your own: multipart/form-data with file, parties (JSON) and contract_type.</remarks>
    /// <param name="prefer">respond-async (RFC 7240): do not wait for it.</param>
    /// <param name="cancellationToken">The caller hung up.</param>
    [HttpPost(VoiceRoute + "/upload")]
    [Consumes("multipart/form-data")]
    [DisableRequestSizeLimit] // The form counts for itself, and says what is too large.
    public async Task<IActionResult> Upload([FromHeader(Name = "Prefer")] string? prefer, CancellationToken cancellationToken)
    {
        var upload = await new UploadForm(mediator).ReadAsync(Request, cancellationToken);
        if (IsAsync(prefer)) return await AnswerAsync(new JobRequest(Upload: upload.Request), prefer, cancellationToken);
        using (upload.Audio) return await AnswerAsync(new JobRequest(Upload: upload.Request), prefer, cancellationToken);
    }

    /// <summary>Get processing job</summary>
    /// <param name="jobId">The job that respond-async named.</param>
    /// <param name="cancellationToken">The caller hung up.</param>
    [HttpGet(VoiceRoute + "/process/{job_id}")]
    public async Task<JobBody> GetJob([FromRoute(Name = "job_id")] string jobId, CancellationToken cancellationToken)
    {
        var job = await mediator.Send(new GetProcessing(jobId), cancellationToken);
        if (job.ContractId is { } contractId) Response.Headers.Location = $"{ContractsRoute}/{contractId}";
        else if (job.Failure is null) Response.Headers.RetryAfter = "2";
        return job;
    }

    /// <summary>Get contract</summary>
    /// <param name="contractId">The contract.</param>
    /// <param name="cancellationToken">The caller hung up.</param>
    [HttpGet(ContractsRoute + "/{contract_id}")]
    public async Task<ContractView> GetContract([FromRoute(Name = "contract_id")] string contractId, CancellationToken cancellationToken) =>
        new(await mediator.Send(new GetContract(contractId), cancellationToken));

    /// <summary>Get the canonical form</summary>
    /// <remarks>The bytes (RFC 8785) whose SHA-256 is the contract's hash, for anybody who wants to check it.</remarks>
    /// <param name="contractId">The contract.</param>
    /// <param name="cancellationToken">The caller hung up.</param>
    [HttpGet(ContractsRoute + "/{contract_id}/canonical")]
    public async Task<IActionResult> GetCanonical([FromRoute(Name = "contract_id")] string contractId, CancellationToken cancellationToken) =>
        Content((await mediator.Send(new GetContract(contractId), cancellationToken)).Canonical, "application/json");

    /// <summary>Read the contract</summary>
    /// <remarks>A page to read and to print.</remarks>
    /// <param name="contractId">The contract.</param>
    /// <param name="cancellationToken">The caller hung up.</param>
    [HttpGet(ContractsRoute + "/{contract_id}/document")]
    [Produces("text/html")]
    public async Task<IActionResult> GetDocument([FromRoute(Name = "contract_id")] string contractId, CancellationToken cancellationToken)
    {
        Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'";
        return Content(ContractPage.Write(await mediator.Send(new GetContract(contractId), cancellationToken)), "text/html; charset=utf-8");
    }

    /// <summary>Confirm a contract</summary>
    /// <remarks>A party says yes, or no, with the code that was sent to its phone. Five attempts, within 24 hours.</remarks>
    /// <param name="contractId">The contract.</param>
    /// <param name="request">Who, and the code.</param>
    /// <param name="cancellationToken">The caller hung up.</param>
    [HttpPost(ContractsRoute + "/{contract_id}/confirm")]
    [Consumes("application/json")]
    public async Task<ContractView> Confirm([FromRoute(Name = "contract_id")] string contractId, ConfirmContract request, CancellationToken cancellationToken) =>
        new(await mediator.Send(request with { ContractId = contractId }, cancellationToken));

    private async Task<IActionResult> AnswerAsync(JobRequest request, string? prefer, CancellationToken cancellationToken)
    {
        if (!IsAsync(prefer))
            return Ok(request.Recording is { } recording ? await mediator.Send(recording, cancellationToken) : await mediator.Send(request.Upload!, cancellationToken));
        var job = await mediator.Send(new StartProcessing(request), cancellationToken);
        Response.Headers["Preference-Applied"] = "respond-async";
        Response.Headers.RetryAfter = "2";
        return Accepted($"{VoiceRoute}/process/{job.JobId}", job);
    }

    private static bool IsAsync(string? prefer) =>
        prefer?.Split(',', ';').Any(preference => preference.Trim().Equals("respond-async", StringComparison.OrdinalIgnoreCase)) == true;
}
