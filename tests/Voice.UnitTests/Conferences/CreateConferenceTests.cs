using MediatR;
using Microsoft.Extensions.Time.Testing;
using Moq;
using Voice.Application;
using Voice.Application.Conferences;
using Voice.Application.Contracts;
using Voice.Application.Jobs;
using Voice.Application.Recordings;
using Voice.Application.Webhooks;
using Voice.Domain.Recordings;

namespace Voice.UnitTests.Conferences;

public class CreateConferenceTests
{
    private readonly Mock<IRecordingRepository> _recordings = new();
    private readonly Mock<IVoiceProvider> _provider = new();
    private readonly Mock<IMediator> _mediator = new();
    private readonly List<string> _order = [];
    private Recording? _stored;
    private Job? _job;

    public CreateConferenceTests()
    {
        _recordings.Setup(
            recordings => recordings.AddAsync(
                It.IsAny<Recording>(), It.IsAny<IdempotencyKey?>(), It.IsAny<Job?>(), It.IsAny<CancellationToken>()))
            .Callback((Recording recording, IdempotencyKey? _, Job? job, CancellationToken _) =>
            {
                (_stored, _job) = (recording, job);
                _order.Add("stored");
            })
            .ReturnsAsync((UsedKey?)null);
        _recordings.Setup(recordings => recordings.FindAsync(It.IsAny<string>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(() => _stored);
        _recordings.Setup(recordings => recordings.SaveAsync(It.IsAny<IReadOnlyCollection<Recording>>(),
            It.IsAny<IReadOnlyCollection<string>>(), It.IsAny<CancellationToken>()))
            .Callback(() => _order.Add("saved")).ReturnsAsync(true);
        ProviderAnswers(new(Placement.Placed, "ATVId_1"));
    }

    [Fact]
    public async Task The_recording_is_stored_before_the_provider_is_asked_and_only_the_first_party_is_called()
    {
        var conference = await Create();

        _order.Should().Equal("stored", "asked +254712345678", "saved");
        conference.ConferenceId.Should().Be(_stored!.RecordingId);
        _stored.Facts.Placement.Should().Be(Placement.Placed);
    }

    [Fact]
    public async Task Events_that_came_before_the_session_was_known_are_applied()
    {
        await Create();

        _mediator.Verify(mediator => mediator.Send(new ApplyKeptEvents("ATVId_1"), It.IsAny<CancellationToken>()));
    }

    [Theory]
    [InlineData(Placement.Refused, FailureCode.InsufficientCredit, false)]
    [InlineData(Placement.Garbled, FailureCode.OutcomeUnknown, false)]
    [InlineData(Placement.TimedOut, FailureCode.OutcomeUnknown, true)]
    [InlineData(Placement.Unreachable, FailureCode.ProviderUnreachable, true)]
    public async Task A_call_that_is_not_placed_fails_the_recording_and_says_so(Placement placement, FailureCode failure, bool away)
    {
        ProviderAnswers(new(placement, Failure: failure, Reason: "because"));

        var refusal = (await FluentActions.Awaiting(() => Create()).Should().ThrowAsync<CallNotPlacedException>()).Which;

        refusal.Should().Match<CallNotPlacedException>(e => e.Message == "because" && e.RecordingId == _stored!.RecordingId
            && e.ProviderWasAway == away);
        _stored!.Failure.Should().Be(failure);
        _order.Should().ContainSingle(step => step.StartsWith("asked"), "asking twice dials twice");
    }

    [Fact]
    public async Task A_repeat_with_the_same_key_gets_the_first_answer_and_dials_nobody()
    {
        _stored = TheRecording.Placed();
        KeyWasUsed(digest: await DigestOf(new CreateConference { Parties = Parties, Key = "k" }));

        var conference = await Create("k");

        conference.Should().BeEquivalentTo(new { ConferenceId = TheRecording.Id, Replayed = true });
        _order.Should().NotContain(step => step.StartsWith("asked"));
    }

    [Fact]
    public async Task A_key_for_another_request_is_invalid()
    {
        KeyWasUsed(digest: "another");

        await FluentActions.Awaiting(() => Create("k")).Should().ThrowAsync<KeyUsedException>();
    }

    [Fact]
    public async Task A_repeat_while_the_first_is_running_is_a_conflict()
    {
        _stored = TheRecording.New();
        KeyWasUsed(digest: await DigestOf(new CreateConference { Parties = Parties, Key = "k" }));

        await FluentActions.Awaiting(() => Create("k")).Should().ThrowAsync<ConflictException>();
    }

    [Fact]
    public async Task A_contract_that_is_ordered_with_the_call_waits_for_it()
    {
        await Handler().Handle(WithOrder("John").By("caller"), default);

        _job.Should().BeEquivalentTo(new
        {
            Caller = "caller",
            Status = JobStatus.Waiting,
            Order = new
            {
                RecordingId = _stored!.RecordingId,
                ContractType = "logistics",
                Parties = new PartyOrder[] { new(Parties[0], "buyer", "John"), new(Parties[1], "seller", null) },
            }
        });
        (await Create()).Should().NotBeNull();
        _job.Should().BeNull("nobody ordered one");
    }

    [Fact]
    public async Task The_order_is_a_part_of_what_is_asked()
    {
        string[] digests =
        [
            await DigestOf(new CreateConference { Parties = Parties, ContractType = "logistics", Key = "k" }),
            await DigestOf(WithOrder("John")), await DigestOf(WithOrder("Jane")),
        ];

        digests.Should().OnlyHaveUniqueItems();
        (await DigestOf(WithOrder("John"))).Should().Be(digests[1]);
    }

    private static CreateConference WithOrder(string name) => new()
    {
        Parties = Parties,
        ContractType = "logistics",
        Key = "k",
        Process = new()
        {
            Parties = [new() { Phone = Parties[0], Role = "buyer", Name = name }, new() { Phone = Parties[1], Role = "seller" }],
        },
    };

    private static readonly Retention Kept = new(
        TimeSpan.FromDays(30), TimeSpan.FromDays(90), Recordings: null, TimeSpan.FromDays(1));
    private static readonly string[] Parties = ["+254712345678", "+254787654321"];

    private Task<CreatedConference> Create(string? key = null) =>
        Handler().Handle(new CreateConference { Parties = Parties, Key = key }, default);

    private CreateConferenceHandler Handler() =>
        new(_recordings.Object, _provider.Object, _mediator.Object, Kept, new FakeTimeProvider(TheRecording.Start));

    private void ProviderAnswers(PlacementAnswer answer) =>
        _provider.Setup(provider => provider.PlaceCallAsync(It.IsAny<PhoneNumber>(), It.IsAny<string>()))
            .Callback((PhoneNumber phone, string _) => _order.Add($"asked {phone.Value}")).ReturnsAsync(answer);

    private void KeyWasUsed(string digest) => _recordings
        .Setup(recordings => recordings.AddAsync(
            It.IsAny<Recording>(), It.IsNotNull<IdempotencyKey>(), It.IsAny<Job?>(), It.IsAny<CancellationToken>()))
        .ReturnsAsync(new UsedKey(TheRecording.Id, digest));

    private static async Task<string> DigestOf(CreateConference request)
    {
        var digest = "";
        var recordings = new Mock<IRecordingRepository>();
        recordings.Setup(
            repository => repository.AddAsync(
                It.IsAny<Recording>(), It.IsAny<IdempotencyKey>(), It.IsAny<Job?>(), It.IsAny<CancellationToken>()))
            .Callback((Recording _, IdempotencyKey? key, Job? _, CancellationToken _) => digest = key!.RequestDigest)
            .ThrowsAsync(new ConflictException("enough"));
        var handler = new CreateConferenceHandler(
            recordings.Object, Mock.Of<IVoiceProvider>(), Mock.Of<IMediator>(), Kept, TimeProvider.System);
        await FluentActions.Awaiting(() => handler.Handle(request, default)).Should().ThrowAsync<ConflictException>();
        return digest;
    }
}
