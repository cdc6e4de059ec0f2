namespace Voice.Application;

/// <summary>A setting that the service cannot start with.</summary>
/// <param name="sentence">One sentence that names the setting and says what is wrong; never the value of a secret.</param>
/// <param name="cause">What made us notice, if anything did.</param>
public sealed class SettingException(string sentence, Exception? cause = null) : Exception(sentence, cause);
