using FluentValidation;
using MediatR;
using Microsoft.Extensions.Time.Testing;
using Moq;
using Voice.Application;
using Voice.Application.Contracts;

namespace Voice.UnitTests.Contracts;

public class RunJobsTests
{
    private readonly Mock<IJobRepository> _jobs = new();
    private readonly Mock<IMediator> _mediator = new();
    private readonly FakeTimeProvider _clock = new(TheRecording.Start);

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task What_may_pass_is_left_for_the_next_try(int tries)
    {
        Taken(tries, new EngineFailedException("The speech engine could not be reached."));

        await FluentActions.Awaiting(RunAsync).Should().ThrowAsync<EngineFailedException>("it is logged where sweeps are");

        _jobs.Verify(jobs => jobs.FinishAsync(It.IsAny<string>(), It.IsAny<string?>(), It.IsAny<string?>(), It.IsAny<CancellationToken>()),
            Times.Never);
    }

    [Fact]
    public async Task What_does_not_pass_ends_after_five_tries()
    {
        Taken(5, new InvalidOperationException());

        await FluentActions.Awaiting(RunAsync).Should().ThrowAsync<InvalidOperationException>();

        _jobs.Verify(jobs => jobs.FinishAsync("job_1", null, It.Is<string>(sentence => sentence.Contains("several times")),
            It.IsAny<CancellationToken>()));
    }

    [Fact]
    public async Task What_the_caller_did_wrong_ends_at_once_with_the_reason()
    {
        Taken(1, new ValidationException([new("audio_url", "Audio is not fetched from that host.")]));

        await RunAsync();

        _jobs.Verify(jobs => jobs.FinishAsync("job_1", null, "Audio is not fetched from that host.", It.IsAny<CancellationToken>()));
    }

    [Fact]
    public async Task An_upload_whose_file_another_instance_has_is_left_to_that_one()
    {
        _jobs.SetupSequence(jobs => jobs.TakeAsync(It.IsAny<DateTimeOffset>(), It.IsAny<DateTimeOffset>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(new TakenJob("job_1", new JobRequest(Upload: new("/nowhere/audio", "aa", new ContractDetails())), 1))
            .ReturnsAsync((TakenJob?)null);

        await RunAsync();

        _mediator.VerifyNoOtherCalls();
        _jobs.Verify(jobs => jobs.FinishAsync(It.IsAny<string>(), It.IsAny<string?>(), It.IsAny<string?>(), It.IsAny<CancellationToken>()),
            Times.Never);
    }

    private void Taken(int tries, Exception exception)
    {
        _jobs.SetupSequence(jobs => jobs.TakeAsync(TheRecording.Start, TheRecording.Start.AddSeconds(15), It.IsAny<CancellationToken>()))
            .ReturnsAsync(new TakenJob("job_1", new JobRequest(Recording: new ProcessRecording()), tries))
            .ReturnsAsync((TakenJob?)null);
        _mediator.Setup(mediator => mediator.Send(It.IsAny<ProcessRecording>(), It.IsAny<CancellationToken>())).ThrowsAsync(exception);
    }

    private Task RunAsync() =>
        ((IRequestHandler<RunJobs, Unit>)new RunJobsHandler(_jobs.Object, _mediator.Object, Mock.Of<IAudioSource>(), _clock))
            .Handle(new RunJobs(), default);
}
