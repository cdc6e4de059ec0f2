using System.Runtime.CompilerServices;

namespace Voice.TestKit;

/// <summary>Waits for what comes in its own time, but not for ever: a test that waits in vain fails and says what it saw last.</summary>
internal static class Eventually
{
    /// <summary>Looks again and again, as a front-end polls, only faster, until what it sees is as it should be.</summary>
    public static async Task<T> SeesAsync<T>(
        Func<Task<T>> look, Func<T, bool> isIt, int seconds = 30, [CallerArgumentExpression(nameof(isIt))] string? expected = null)
    {
        var until = TimeProvider.System.GetUtcNow().AddSeconds(seconds);
        while (true)
        {
            var seen = await look();
            if (isIt(seen)) return seen;
            if (TimeProvider.System.GetUtcNow() > until)
                throw new TimeoutException($"Waited {seconds} s for {expected}; it is still {seen}.");
            await Task.Delay(25);
        }
    }

    /// <summary>Looks again and again until it is so.</summary>
    public static Task HoldsAsync(Func<bool> isIt, int seconds = 30, [CallerArgumentExpression(nameof(isIt))] string? expected = null) =>
        SeesAsync(() => Task.FromResult(isIt()), holds => holds, seconds, expected);
}
