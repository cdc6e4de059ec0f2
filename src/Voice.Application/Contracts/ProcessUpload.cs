using AutoMapper;
using FluentValidation;
using MediatR;
using Voice.Application.Conferences;
using Voice.Application.Jobs;

namespace Voice.Application.Contracts;

/// <summary>Turn audio that is uploaded into a contract. Answered with the job that does it.</summary>
public sealed record ProcessUpload : ContractDetails, IRequest<JobBody>
{
    /// <summary>The audio: wav, mp3, m4a, ogg, webm or flac; at most 50 MB and 20 minutes.</summary>
    /// <remarks>Kept as it came; null: none was sent. It goes away unless the job takes it over.</remarks>
    public AudioFile? File { get; init; }

    /// <summary>The same for that caller, whose jobs take turns with those of others.</summary>
    public ProcessUpload By(string caller) => this with { Caller = caller };
}

internal sealed class ProcessUploadValidator : AbstractValidator<ProcessUpload>
{
    public ProcessUploadValidator(INumberingPlan numberingPlan)
    {
        RuleFor(request => request.File).NotNull().WithMessage("Send the audio as a form field of this name.");
        Include(new ContractDetailsValidator(numberingPlan));
    }
}

internal sealed class ProcessUploadHandler(
    IValidator<ProcessUpload> validator, IJobRepository jobs, IMapper mapper, Limits limits, TimeProvider clock)
    : IRequestHandler<ProcessUpload, JobBody>
{
    public async Task<JobBody> Handle(ProcessUpload request, CancellationToken cancellationToken)
    {
        Job? job = null;
        try
        {
            // A form is read by hand, so nobody has validated it before.
            await validator.ValidateAndThrowAsync(request, cancellationToken);
            var order = request.ToOrder() with { Upload = new(request.File!.Path, request.File.Sha256) };
            job = await jobs.AddAsync(Job.New(order, request.Caller, clock.GetUtcMilliseconds()), limits, cancellationToken);
            return mapper.Map<JobBody>(job);
        }
        finally
        {
            if (job?.Order.Upload?.Path != request.File?.Path) request.File?.Dispose(); // Nobody took it over.
        }
    }
}
