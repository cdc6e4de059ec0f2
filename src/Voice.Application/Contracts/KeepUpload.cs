using FluentValidation;
using MediatR;

namespace Voice.Application.Contracts;

/// <summary>Keep audio that is being uploaded.</summary>
/// <param name="Audio">Its bytes, read as they come.</param>
public sealed record KeepUpload(Stream Audio) : IRequest<AudioFile>;

internal sealed class KeepUploadHandler(IAudioSource source) : IRequestHandler<KeepUpload, AudioFile>
{
    public async Task<AudioFile> Handle(KeepUpload request, CancellationToken cancellationToken)
    {
        try
        {
            return await source.KeepAsync(request.Audio, cancellationToken);
        }
        catch (AudioException exception)
        {
            throw new ValidationException([new("file", exception.Message)]);
        }
    }
}

/// <summary>Check what was sent with an upload.</summary>
/// <param name="Audio">The audio.</param>
/// <param name="Details">The parties and the kind of contract.</param>
public sealed record CheckUpload(AudioFile Audio, ContractDetails Details) : IRequest<ProcessUpload>;

internal sealed class CheckUploadHandler(Conferences.INumberingPlan numberingPlan) : RequestHandler<CheckUpload, ProcessUpload>
{
    protected override ProcessUpload Handle(CheckUpload request)
    {
        new ContractDetailsValidator(numberingPlan).ValidateAndThrow(request.Details);
        return new(request.Audio.Path, request.Audio.Sha256, request.Details);
    }
}
