using AutoMapper;
using FluentValidation;
using MediatR;
using Voice.Application.Conferences;
using Voice.Application.Jobs;

namespace Voice.Application.Contracts;

/// <summary>Turn audio that is uploaded into a contract. Answered with the job that does it.</summary>
public sealed record ProcessUpload : ContractDetails, IRequest<JobBody>
{
    /// <summary>The audio's bytes, read as they come; null: none was sent.</summary>
    public Stream? File { get; init; }
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
    IValidator<ProcessUpload> validator, IAudioSource source, IJobRepository jobs, IMapper mapper, TimeProvider clock)
    : IRequestHandler<ProcessUpload, JobBody>
{
    public async Task<JobBody> Handle(ProcessUpload request, CancellationToken cancellationToken)
    {
        await validator.ValidateAndThrowAsync(request, cancellationToken); // A form is read by hand, so nobody has validated it before.
        var audio = await KeepAsync(request.File!, cancellationToken);
        Job? job = null;
        try
        {
            var order = request.ToOrder() with { Upload = new(audio.Path, audio.Sha256) };
            job = await jobs.AddAsync(Job.New(order, clock.GetUtcMilliseconds()), cancellationToken);
            return mapper.Map<JobBody>(job);
        }
        finally
        {
            if (job?.Order.Upload?.Path != audio.Path) audio.Dispose(); // Nobody took it over.
        }
    }

    private async Task<AudioFile> KeepAsync(Stream audio, CancellationToken cancellationToken)
    {
        try
        {
            return await source.KeepAsync(audio, cancellationToken);
        }
        catch (AudioException exception)
        {
            throw new ValidationException([new("file", exception.Message)]);
        }
    }
}
