using MediatR;
using Microsoft.Extensions.Time.Testing;
using Moq;
using Voice.Application;
using Voice.Application.Contracts;
using Voice.Application.Jobs;

namespace Voice.UnitTests.Jobs;

public class RunJobsTests
{
    private readonly Mock<IJobRepository> _jobs = new();
    private readonly Mock<IMediator> _mediator = new();
    private readonly FakeTimeProvider _clock = new(TheRecording.Start);
    private Job? _saved;

    [Fact]
    public async Task A_contract_completes_the_job()
    {
        await RunAsync(tries: 1, setup => setup.ReturnsAsync("ctr_1"));

        _saved.Should().BeEquivalentTo(new { Status = JobStatus.Completed, ContractId = "ctr_1", DueAt = (DateTimeOffset?)null });
    }

    [Fact]
    public async Task What_may_pass_is_logged_and_left_for_the_next_try()
    {
        await FluentActions.Awaiting(
            () => RunAsync(tries: 4, setup => setup.ThrowsAsync(new EngineFailedException("The speech engine could not be reached."))))
            .Should().ThrowAsync<EngineFailedException>("it is logged where sweeps are");

        _saved.Should().BeEquivalentTo(new { Status = JobStatus.Queued, DueAt = TheRecording.Start + Job.Lease });
    }

    [Fact]
    public async Task A_job_waits_for_room_on_the_disk_however_long()
    {
        await FluentActions.Awaiting(() => RunAsync(tries: 5, setup => setup.ThrowsAsync(new StorageException(new IOException()))))
            .Should().ThrowAsync<StorageException>("it is logged where sweeps are");

        _saved.Should().BeEquivalentTo(new { Status = JobStatus.Queued, Tries = 4, DueAt = TheRecording.Start + Job.Lease });
    }

    [Fact]
    public async Task A_job_that_a_shutdown_cuts_short_is_due_at_once_and_that_was_no_try()
    {
        using var stopping = new CancellationTokenSource();

        await FluentActions.Awaiting(() => RunAsync(tries: 5, setup => setup.Returns(async () =>
        {
            await stopping.CancelAsync();
            throw new OperationCanceledException(stopping.Token);
        }), stopping.Token)).Should().ThrowAsync<OperationCanceledException>();

        _saved.Should().BeEquivalentTo(new { Status = JobStatus.Queued, Tries = 4, DueAt = TheRecording.Start });
    }

    [Fact]
    public async Task What_does_not_pass_ends_after_five_tries()
    {
        await FluentActions.Awaiting(() => RunAsync(tries: 5, setup => setup.ThrowsAsync(new InvalidOperationException())))
            .Should().ThrowAsync<InvalidOperationException>();

        _saved!.Failure!.Kind.Should().Be(JobFailureKind.Unavailable);
    }

    [Fact]
    public async Task A_job_that_five_processes_died_of_is_not_tried_again()
    {
        await RunAsync(tries: 6, setup => setup.ReturnsAsync("ctr_1"));

        _mediator.VerifyNoOtherCalls();
        _saved!.Failure!.Kind.Should().Be(JobFailureKind.Unavailable);
    }

    [Theory]
    [InlineData(JobFailureKind.Invalid)]
    [InlineData(JobFailureKind.Conflict)]
    [InlineData(JobFailureKind.NotInstalled)]
    public async Task What_no_try_would_change_ends_at_once_with_the_reason(JobFailureKind kind)
    {
        await RunAsync(tries: 1, setup => setup.ThrowsAsync(kind switch
        {
            JobFailureKind.Invalid => new AudioException("why"),
            JobFailureKind.Conflict => new ConflictException("why"),
            JobFailureKind.NotInstalled => new ToolMissingException("why"),
            JobFailureKind.Unavailable => throw new ArgumentOutOfRangeException(nameof(kind), kind, "That passes."),
        }));

        _saved!.Failure.Should().Be(new JobFailure(kind, "why"));
    }

    [Fact]
    public async Task Audio_that_is_not_there_yet_gives_the_worker_back()
    {
        await RunAsync(tries: 1, setup => setup.ThrowsAsync(new AudioNotThereException(TimeSpan.FromMinutes(1), "not there")));

        _saved.Should().BeEquivalentTo(new { Status = JobStatus.Queued, Tries = 0, MissingSince = TheRecording.Start });
    }

    [Fact]
    public async Task How_far_it_is_is_written_once_a_second_while_it_runs()
    {
        var written = new List<JobProgress?>();
        var contract = new TaskCompletionSource<string>();
        IProgress<JobProgress>? progress = null;
        _jobs.Setup(jobs => jobs.ExtendAsync(
                It.IsAny<Job>(), It.IsAny<JobProgress?>(), It.IsAny<DateTimeOffset>(), It.IsAny<CancellationToken>()))
            .Returns(Task.CompletedTask).Callback((Job _, JobProgress? far, DateTimeOffset _, CancellationToken _) => written.Add(far));
        var running = RunAsync(tries: 1, setup => setup.Returns((IRequest<string> request, CancellationToken _) =>
        {
            progress = ((MakeContract)request).Progress;
            return contract.Task;
        }));

        foreach (var done in new[] { 0.1, 0.2, 0.3 }) progress!.Report(new(JobStep.Listening, done));
        written.Should().BeEmpty();
        _clock.Advance(TimeSpan.FromSeconds(1));
        await Eventually.HoldsAsync(() => written.Count == 1);
        progress!.Report(new(JobStep.Listening, 0.7));
        await Eventually.HoldsAsync(() =>
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            return written[^1]!.Done > 0.3;
        });
        contract.SetResult("ctr_1");
        await running;

        written.Distinct().Should().Equal([new JobProgress(JobStep.Listening, 0.3), new JobProgress(JobStep.Listening, 0.7)]);
    }

    private async Task RunAsync(
        int tries, Action<Moq.Language.Flow.ISetup<IMediator, Task<string>>> comesTo, CancellationToken cancellationToken = default)
    {
        _jobs.SetupSequence(jobs => jobs.TakeAsync(TheRecording.Start, TheRecording.Start + Job.Lease, It.IsAny<CancellationToken>()))
            .ReturnsAsync(JobTests.Taken(tries)).ReturnsAsync((Job?)null);
        _jobs.Setup(jobs => jobs.SaveAsync(
            It.IsAny<Job>(), It.IsAny<DateTimeOffset>(), It.IsAny<CancellationToken>())).ReturnsAsync(true)
            .Callback((Job job, DateTimeOffset _, CancellationToken _) => _saved = job);
        comesTo(_mediator.Setup(mediator => mediator.Send(It.IsAny<MakeContract>(), It.IsAny<CancellationToken>())));
        await ((IRequestHandler<RunJobs, Unit>)new RunJobsHandler(_jobs.Object, _mediator.Object, _clock))
            .Handle(new RunJobs(), cancellationToken);
    }
}
